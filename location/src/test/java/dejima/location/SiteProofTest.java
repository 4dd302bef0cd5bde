package dejima.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.NoteKey;
import dejima.location.Landmarks.Landmark;
import dejima.location.World.Host;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rule of two, and the attacks of the design page that it must withstand.
class SiteProofTest {
  private static final Instant NOON = World.NOON;

  private final World world = new World();

  @Test
  void isProvedByTwoLegalPersonsEachAlone() {
    Instant older = NOON.minusSeconds(60);
    LocationEntry one = world.entry(world.first, older, 2);
    LocationEntry two = world.entry(world.second, NOON, 1);

    assertThat(world.judge(List.of(one, two)))
        .isEqualTo(
            new SiteProof.Proved(List.of(two, one), older, older.plus(Duration.ofMinutes(10))));
  }

  @Test
  void isNotProvedByOne() {
    assertThat(world.judge(List.of(world.entry(world.first, NOON, 2))))
        .isEqualTo(new SiteProof.Unproved(Doubt.ONE_PERSON));
    assertThat(world.judge(List.of())).isEqualTo(new SiteProof.Unproved(Doubt.STALE));
  }

  /// The honest landmark is far from a contradiction: it only sees that the answer is slow.
  @Test
  void isNotProvedWhenOneOfTwoLandmarksLies() {
    LocationEntry lie = world.entry(world.first, NOON, 0.2);
    LocationEntry honest = world.entry(world.second, NOON, 4);

    assertThat(honest.verdict()).isEqualTo("UNPROVED");
    assertThat(world.judge(List.of(lie, honest)))
        .isEqualTo(new SiteProof.Unproved(Doubt.ONE_PERSON));
  }

  @ParameterizedTest
  @CsvSource({
    "第一計測株式会社, 株式会社 第一計測",
    "Example K.K., EXAMPLE KK",
    "Example Co., '　Ｅｘａｍｐｌｅ　Ｃｏ．'",
    "A b, a-B",
    "㈱さくら計測, 株式会社さくら計測",
    "（株）さくら計測, さくら計測株式会社",
    "学校法人 出島学園, 出島学園",
    "Example University, Ex\u0430mple University",
    "\u0415xample Co., Example",
    "カノン計測, 力ノン計測",
    "サーバー計測, サ一バ一計測",
    "Measur\u200bing, Measuring",
    "Caf\u00e9, Cafe\u0301"
  })
  void isNotProvedByOnePersonUnderTwoNames(String name, String otherwise) {
    LegalPerson one = new LegalPerson(name);
    LegalPerson other = new LegalPerson(otherwise.strip());
    Host twin = new Host("osaka-3.landmark.example", other.name(), World.SAKAI);
    Host self = new Host("osaka-4.landmark.example", one.name(), World.OSAKA);
    Landmarks trusted = new Landmarks(List.of(self.trusted(), twin.trusted()));
    List<LocationEntry> entries = List.of(world.entry(self, NOON, 1), world.entry(twin, NOON, 1));

    assertThat(one.isSameAs(other)).isTrue();
    assertThat(
            SiteProof.judge(
                World.SITE, world.pin(), World.OSAKA, entries, trusted, World.NOBODY, NOON))
        .isEqualTo(new SiteProof.Unproved(Doubt.ONE_PERSON));
  }

  @Test
  void tellsDifferentPersonsApart() {
    assertThat(new LegalPerson("大阪大学").isSameAs(new LegalPerson("大阪公立大学"))).isFalse();
    assertThat(new LegalPerson("Sakura Internet").isSameAs(new LegalPerson("Kabu"))).isFalse();
  }

  /// What a landmark says of itself counts for nothing: it may call itself by another's name.
  @Test
  void takesThePersonFromTheReaderAndNotFromTheTranscript() {
    Host liar = new Host(world.second.id(), "Somebody Else", World.SAKAI);
    Landmark registered = new Landmark(liar.signer.key(), world.first.person, World.SAKAI);
    Landmarks trusted = new Landmarks(List.of(world.first.trusted(), registered));
    LocationEntry posing = world.entry(liar, NOON, 1);

    assertThat(posing.judge(trusted)).isEqualTo(new Verdict.Unproved(Doubt.LANDMARK_PERSON));
  }

  @Test
  void refusesTwoLandmarksWithOneKeyOrOneName() {
    Landmark one = world.first.trusted();
    Landmark sameName = new Host(world.first.id(), "Other", World.SAKAI).trusted();
    Landmark sameKey =
        new Landmark(
            new NoteKey("other.example", one.key().type(), one.key().bytes()),
            new LegalPerson("Other"),
            World.SAKAI);

    for (Landmark other : List.of(sameName, sameKey)) {
      assertThatThrownBy(() -> new Landmarks(List.of(one, other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("share a name or a key");
    }
  }

  @Test
  void countsNothingOfALandmarkThatMoved() {
    Host moved = new Host(world.first.id(), world.first.person.name(), World.TOKYO);
    Landmark asRegistered = new Landmark(moved.signer.key(), moved.person, World.OSAKA);
    LocationEntry entry =
        LocationEntry.of(
            World.SITE,
            World.OSAKA,
            world.signed(moved, world.transcript(moved, NOON, 1)),
            new Landmarks(List.of(asRegistered)));

    assertThat(entry.judge(new Landmarks(List.of(asRegistered))))
        .isEqualTo(new Verdict.Unproved(Doubt.LANDMARK_MOVED));
  }

  /// A landmark that was carried abroad, to its twin, keeps its statement: it lies, and one liar is
  /// not enough.
  @Test
  void isNotProvedByALandmarkThatWasCarriedToTheTwin() {
    LocationEntry carried = world.entry(world.first, NOON, 0.1);
    LocationEntry stayed = world.entry(world.second, NOON, 3.9);

    assertThat(world.judge(List.of(carried, stayed)))
        .isEqualTo(new SiteProof.Unproved(Doubt.ONE_PERSON));
  }

  @Test
  void isContradictedByOneMeasurementWhateverOthersProve() {
    Host tokyo = new Host("tokyo-1.landmark.example", "Third Institute", World.TOKYO);
    Landmarks trusted =
        new Landmarks(List.of(world.first.trusted(), world.second.trusted(), tokyo.trusted()));
    LocationEntry against = world.entry(tokyo, NOON, 1);
    List<LocationEntry> entries =
        List.of(world.entry(world.first, NOON, 1), world.entry(world.second, NOON, 1), against);

    assertThat(against.judge(trusted)).isInstanceOf(Verdict.Contradicted.class);
    assertThat(
            SiteProof.judge(
                World.SITE, world.pin(), World.OSAKA, entries, trusted, World.NOBODY, NOON))
        .isEqualTo(new SiteProof.Contradicted(against));
  }

  @Test
  void isNotContradictedByWhoeverIsNotTrusted() {
    Host stranger = new Host("tokyo-9.landmark.example", "Stranger", World.TOKYO);

    assertThat(
            world.judge(
                List.of(
                    world.entry(world.first, NOON, 1),
                    world.entry(world.second, NOON, 1),
                    world.entry(stranger, NOON, 1))))
        .isInstanceOf(SiteProof.Proved.class);
  }

  /// The operator cannot measure itself, under whatever form of its name, nor through its family.
  @ParameterizedTest
  @CsvSource({"第一計測株式会社", "株式会社 第一計測", "SECOND UNIVERSITY"})
  void countsNoLandmarkOfTheSitesOwnPeople(String operator) {
    List<LocationEntry> entries =
        List.of(world.entry(world.first, NOON, 1), world.entry(world.second, NOON, 1));
    Affiliates own = Affiliates.of(List.of("", " " + operator + " "));

    assertThat(
            SiteProof.judge(
                World.SITE, world.pin(), World.OSAKA, entries, world.trusted(), own, NOON))
        .isEqualTo(new SiteProof.Unproved(Doubt.AFFILIATED));
  }

  @Test
  void needsTwoWhoAreIndependentBesideTheSitesOwn() {
    Host third = new Host("osaka-3.landmark.example", "Third Institute", World.SAKAI);
    Landmarks trusted =
        new Landmarks(List.of(world.first.trusted(), world.second.trusted(), third.trusted()));
    LocationEntry one = world.entry(world.first, NOON, 1);
    LocationEntry two = world.entry(world.second, NOON.minusSeconds(9), 1);
    LocationEntry three = world.entry(third, NOON.minusSeconds(5), 1);
    Affiliates own = Affiliates.of(List.of("第一計測"));

    assertThat(
            SiteProof.judge(
                World.SITE, world.pin(), World.OSAKA, List.of(one, two, three), trusted, own, NOON))
        .isEqualTo(
            new SiteProof.Proved(
                List.of(three, two),
                NOON.minusSeconds(9),
                NOON.minusSeconds(9).plus(Duration.ofMinutes(10))));
  }

  /// What speaks against the site is against the interest of whoever is of its family.
  @Test
  void isContradictedByTheSitesOwnLandmarkToo() {
    Host tokyo = new Host("tokyo-1.landmark.example", "Operator", World.TOKYO);
    Landmarks trusted = new Landmarks(List.of(tokyo.trusted()));
    LocationEntry against = world.entry(tokyo, NOON, 1);

    assertThat(
            SiteProof.judge(
                World.SITE,
                world.pin(),
                World.OSAKA,
                List.of(against),
                trusted,
                Affiliates.of(List.of("Operator")),
                NOON))
        .isEqualTo(new SiteProof.Contradicted(against));
  }

  @ParameterizedTest
  @CsvSource({"-599, true", "-600, false", "-601, false", "60, true", "61, false", "86400, false"})
  void countsTenMinutesAndNothingDatedAhead(long seconds, boolean counts) {
    LocationEntry one = world.entry(world.first, NOON, 1);
    LocationEntry two = world.entry(world.second, NOON.plusSeconds(seconds), 1);

    assertThat(world.judge(List.of(one, two)) instanceof SiteProof.Proved).isEqualTo(counts);
  }

  /// A clock that steps does not revive what is old: each measurement has its own date.
  @Test
  void countsNothingAgainAfterTheReadersClockStepsForward() {
    List<LocationEntry> entries =
        List.of(world.entry(world.first, NOON, 1), world.entry(world.second, NOON, 1));

    for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      assertThat(
              SiteProof.judge(
                  World.SITE,
                  world.pin(),
                  World.OSAKA,
                  entries,
                  world.trusted(),
                  World.NOBODY,
                  NOON.plus(step)))
          .isEqualTo(new SiteProof.Unproved(Doubt.STALE));
    }
  }

  @Test
  void countsNothingAboutAnotherSiteKeyOrPlace() {
    List<LocationEntry> entries =
        List.of(world.entry(world.first, NOON, 1), world.entry(world.second, NOON, 1));
    KeyPair other = P256.keyPair(new SecureRandom());
    SiteProof stale = new SiteProof.Unproved(Doubt.STALE);
    Landmarks trusted = world.trusted();

    assertThat(
            SiteProof.judge(
                "other", world.pin(), World.OSAKA, entries, trusted, World.NOBODY, NOON))
        .isEqualTo(stale);
    assertThat(
            SiteProof.judge(
                World.SITE,
                new SiteKey(other.getPublic()).pin(),
                World.OSAKA,
                entries,
                trusted,
                World.NOBODY,
                NOON))
        .isEqualTo(stale);
    assertThat(
            SiteProof.judge(
                World.SITE, world.pin(), World.SAKAI, entries, trusted, World.NOBODY, NOON))
        .isEqualTo(stale);
  }
}
