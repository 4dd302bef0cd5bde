package dejima.server.location;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.EcdsaP256;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.location.Affiliates;
import dejima.location.Landmarks;
import dejima.location.Landmarks.Landmark;
import dejima.location.LegalPerson;
import dejima.location.LocationEntry;
import dejima.location.LocationProof;
import dejima.location.MeasurementId;
import dejima.location.P256;
import dejima.location.Place;
import dejima.location.RoundTrip;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import dejima.location.Transcript;
import dejima.residency.Control;
import dejima.residency.EvidenceLevel;
import dejima.residency.SiteGrounds.Source;
import dejima.server.Specimen;
import dejima.server.config.LocationSettings.SiteLocation;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What landmarks measured becomes a site's evidence level, and ends.
class LocatedTest {
  private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");
  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final Place TOKYO = new Place(35.681, 139.767);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource steady = now::get;
  private final KeyPair key = P256.keyPair(RANDOM);
  private final Signer one = signer("osaka-1.example");
  private final Signer two = signer("osaka-2.example");
  private final Signer far = signer("tokyo-1.example");
  private final Landmarks trusted =
      new Landmarks(
          List.of(
              new Landmark(one.key(), new LegalPerson("First"), OSAKA),
              new Landmark(two.key(), new LegalPerson("Second"), OSAKA),
              new Landmark(far.key(), new LegalPerson("Third"), TOKYO)));
  private final SiteState site =
      new SiteState(
          Specimen.facts("osaka", "JP", Control.DOMESTIC),
          new SiteKey(key.getPublic()).pin(),
          steady);
  private Instant started = START;
  private Registered registered =
      new Registered(Optional.empty(), Affiliates.of(List.of("Operator of osaka")));
  private final Located located =
      new Located(
          site,
          new SiteLocation(OSAKA, "127.0.0.1", 1),
          () -> registered,
          trusted,
          Duration.ofMinutes(10));

  @Test
  void twoLandmarksMakeAnAttributedSiteMeasuredForTenMinutes() {
    attributed();
    measured(one, OSAKA, 2);
    assertThat(level()).isEqualTo(EvidenceLevel.E1);
    assertThat(text("reason")).contains("two different legal persons");

    measured(two, OSAKA, 2);
    assertThat(level()).isEqualTo(EvidenceLevel.E2);
    assertThat(site.grounded().entries()).extracting(GroundEntry::id).contains("rcpt_1", "rcpt_2");
    assertThat(text("proof")).isEqualTo("\"PROVED\"");

    pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(level()).isEqualTo(EvidenceLevel.E2);
    pass(Duration.ofMillis(1));
    assertThat(level()).isEqualTo(EvidenceLevel.E1);
  }

  @Test
  void oneLandmarkThatStopsEndsTheProofWhateverTheOtherDoes() {
    attributed();
    measured(one, OSAKA, 2);
    measured(two, OSAKA, 2);
    for (int minute = 0; minute < 10; minute++) {
      assertThat(level()).isEqualTo(EvidenceLevel.E2);
      pass(Duration.ofMinutes(1));
      measured(one, OSAKA, 2);
      located.failed(two.keyName(), "landmark: it does not answer");
    }

    assertThat(level()).isEqualTo(EvidenceLevel.E1);
    assertThat(text("landmarks")).contains("it does not answer");
  }

  @Test
  void aContradictionShutsTheSiteOutUntilItIsOld() {
    attributed();
    measured(one, OSAKA, 2);
    measured(two, OSAKA, 2);
    measured(far, TOKYO, 1);

    assertThat(level()).isEqualTo(EvidenceLevel.CONTRADICTED);
    assertThat(text("proof")).isEqualTo("\"CONTRADICTED\"");
    pass(Duration.ofMinutes(10));
    located.settle(steady.instant());
    assertThat(level()).isEqualTo(EvidenceLevel.E1);
  }

  @Test
  void slowAnswersProveNothing() {
    attributed();
    measured(one, OSAKA, 4);
    measured(two, OSAKA, 4);

    assertThat(level()).isEqualTo(EvidenceLevel.E1);
    assertThat(text("landmarks")).contains("UNPROVED", "come from foreign land");
  }

  /// The operator's parent runs a landmark: the site has one independent witness, not two.
  @Test
  void aLandmarkOfTheSitesOwnFamilyDoesNotCount() {
    attributed();
    registered = new Registered(Optional.empty(), Affiliates.of(List.of("Operator", "SECOND")));
    measured(one, OSAKA, 2);
    measured(two, OSAKA, 2);

    assertThat(level()).isEqualTo(EvidenceLevel.E1);
    assertThat(text("reason")).contains("of the site's own operator");
    assertThat(text("landmarks")).contains("UNPROVED", "of the site's own operator");
  }

  @Test
  void aTieThatComesToLightEndsTheNextProof() {
    attributed();
    measured(one, OSAKA, 2);
    measured(two, OSAKA, 2);
    assertThat(level()).isEqualTo(EvidenceLevel.E2);

    registered = new Registered(Optional.empty(), Affiliates.of(List.of("First")));
    located.settle(steady.instant());

    assertThat(level()).isEqualTo(EvidenceLevel.E1);
  }

  @Test
  void itIsJudgedForTheRegisteredPlaceAlone() {
    attributed();
    measured(one, OSAKA, 2);
    measured(two, OSAKA, 2);

    registered = new Registered(Optional.of(TOKYO), registered.affiliates());
    located.settle(steady.instant());

    assertThat(located.declared()).isEqualTo(TOKYO);
    assertThat(text("declared")).contains("139.767");
    assertThat(text("proof")).isEqualTo("\"UNPROVED\"");
    assertThat(level()).isEqualTo(EvidenceLevel.E1);
  }

  /// The wall clock is not asked: only the clock that never jumps ages a proof.
  @Test
  void aMeasurementThatIsDatedAheadOrOldCountsFromWhenItBeganHere() {
    attributed();
    started = START.plus(Duration.ofDays(3));
    measured(one, OSAKA, 2);
    started = START.minus(Duration.ofDays(3));
    measured(two, OSAKA, 2);
    assertThat(level()).isEqualTo(EvidenceLevel.E2);

    pass(Duration.ofMinutes(10));
    assertThat(level()).isEqualTo(EvidenceLevel.E1);
  }

  private void attributed() {
    site.ground(
        Source.REGISTER,
        grounds -> grounds.attributed(Optional.of(START.plus(Duration.ofDays(90)))),
        List.of());
  }

  private EvidenceLevel level() {
    return site.facts().evidence();
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private String text(String member) {
    return located.json(steady.instant()).get(member).map(Json::canonicalText).orElse("");
  }

  private void measured(Signer landmark, Place place, int millis) {
    Transcript transcript =
        new Transcript(
            MeasurementId.fresh(RANDOM),
            landmark.keyName(),
            trusted.of(landmark.keyName()).orElseThrow().person(),
            place,
            "osaka",
            site.pin(),
            new TlsBinding(StrictBase64.text(new byte[32])),
            started.toEpochMilli(),
            0,
            0,
            Stream.generate(() -> new RoundTrip(millis * 1_000_000L)).limit(24).toList());
    String signature = transcript.sign(landmark);
    LocationProof proof =
        new LocationProof(
            transcript,
            signature,
            new SiteKey(key.getPublic()),
            sign(transcript.countersigned(signature)));
    String id = "rcpt_" + landmark.keyName().replaceAll("[^0-9]", "");
    located.measured(
        LocationEntry.of("osaka", OSAKA, proof, trusted),
        steady.instant(),
        new GroundEntry(Kind.LOCATION, id, "hash"));
    located.settle(steady.instant());
  }

  private String sign(byte[] text) {
    return StrictBase64.text(EcdsaP256.sign(key.getPrivate(), text));
  }

  private static Signer signer(String name) {
    return Signer.ed25519(NoteSecret.generate(name, RANDOM));
  }
}
