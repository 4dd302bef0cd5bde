package dejima.register;

import static dejima.register.Specimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Certification;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttributionTest {
  private static final SiteFacts CONFIGURED =
      new SiteFacts(
          "ishikari-1",
          "Example K.K.",
          Country.JAPAN,
          Control.DOMESTIC,
          EvidenceLevel.E0,
          "Standard");

  private static Attribution judged(Map<String, String> files) {
    return Attribution.of(
        Specimen.register(files), CONFIGURED, Optional.empty(), Specimen.PIN, NOW);
  }

  private static Attribution withSite(String from, String to) {
    Map<String, String> files = Specimen.files();
    String changed = Specimen.site().replace(from, to);
    assertThat(changed).isNotEqualTo(Specimen.site());
    files.put("sites/ishikari-1.json", changed);
    return judged(files);
  }

  @Test
  void attributesASiteUntilItsOldestFactIsNinetyDaysOld() {
    Attribution judged = judged(Specimen.files());

    assertThat(judged.lacking()).isEmpty();
    assertThat(judged.contradictions()).isEmpty();
    assertThat(judged.until())
        .contains(Instant.parse("2026-09-30T15:00:00Z").plus(Duration.ofDays(90)));
    assertThat(judged.facts().assurances().certifications()).containsExactly(Certification.ISMAP);
    assertThat(judged.facts().assurances().japaneseLaw()).isTrue();
    assertThat(judged.facts().assurances().domesticMaintenance()).isTrue();
  }

  @Test
  void attributesNothingFromThatMomentOn() {
    Register register = Specimen.register(Specimen.files());
    Instant end = judged(Specimen.files()).until().orElseThrow();

    assertThat(
            Attribution.of(register, CONFIGURED, Optional.empty(), Specimen.PIN, end.minusMillis(1))
                .until())
        .contains(end);
    assertThat(Attribution.of(register, CONFIGURED, Optional.empty(), Specimen.PIN, end).until())
        .isEmpty();
  }

  @Test
  void knowsNothingWhenFactsHaveExpired() {
    Instant later = Instant.parse("2027-09-30T15:00:00Z");

    Attribution judged =
        Attribution.of(
            Specimen.register(Specimen.files()), CONFIGURED, Optional.empty(), Specimen.PIN, later);

    assertThat(judged.facts().country()).isEqualTo(Country.UNKNOWN);
    assertThat(judged.facts().control()).isEqualTo(Control.UNKNOWN);
    assertThat(judged.facts().assurances().certifications()).isEmpty();
    assertThat(judged.facts().assurances().japaneseLaw()).isFalse();
    assertThat(judged.until()).isEmpty();
  }

  @Test
  void doesNotCountAListingOfSomethingElse() {
    Attribution judged = withSite("\"coversThisService\":true", "\"coversThisService\":false");

    assertThat(judged.until()).isEmpty();
    assertThat(judged.facts().assurances().certifications()).isEmpty();
  }

  @Test
  void findsContradictions() {
    assertThat(withSite("\"country\":\"JP\"", "\"country\":\"SG\"").contradictions()).hasSize(1);
    assertThat(withSite("\"Standard\"", "\"GlobalStandard\"").contradictions()).hasSize(1);
    assertThat(withSite("sha256/A", "sha256/B").contradictions()).hasSize(1);
    Map<String, String> files = Specimen.files();
    files.put("persons/holder.json", Specimen.owner("Hanako", "US"));
    assertThat(judged(files).contradictions()).hasSize(1);
    assertThat(judged(files).until()).isEmpty();
  }

  @Test
  void doesNotKnowWhereGlobalDeploymentsCompute() {
    assertThat(withSite("\"Standard\"", "\"DataZoneStandard\"").facts().country())
        .isEqualTo(Country.UNKNOWN);
  }

  /// The register's place is 43.19, 141.32.
  @ParameterizedTest
  @CsvSource({
    "43.19, 141.32, true",
    "43.1985, 141.32, true",
    "43.2000, 141.32, false",
    "43.19, 141.333, false",
    "43.19, 141.331, true",
    "-43.19, 141.32, false",
    "43.19, -38.68, false",
    "90, 0, false"
  })
  void contradictsAPlaceMoreThanAKilometreAway(double latitude, double longitude, boolean same) {
    Attribution judged =
        Attribution.of(
            Specimen.register(Specimen.files()),
            CONFIGURED,
            Optional.of(new Attribution.Declared(latitude, longitude)),
            Specimen.PIN,
            NOW);

    assertThat(judged.contradictions().isEmpty()).isEqualTo(same);
    assertThat(judged.until().isPresent()).isEqualTo(same);
  }

  @Test
  void leavesASiteAloneThatIsNotInTheRegister() {
    Map<String, String> files = Specimen.files();
    files.remove("sites/ishikari-1.json");

    assertThat(judged(files).facts()).isEqualTo(CONFIGURED);
    assertThat(judged(files).until()).isEmpty();
  }
}
