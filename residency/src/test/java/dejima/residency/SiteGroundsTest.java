package dejima.residency;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.SiteGrounds.Measured;
import dejima.residency.SiteGrounds.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SiteGroundsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));
  private static final Optional<Measured> FRESH =
      Optional.of(new Measured(NOW.minusSeconds(90), NOW.plusSeconds(510)));
  private static final SiteGrounds ALL =
      SiteGrounds.NONE
          .attributed(Optional.of(LATER))
          .measured(FRESH)
          .attested(Optional.of(LATER))
          .sealed(Optional.of(LATER));

  @Test
  void gradesByTheHighestLevelOfWhichNothingBelowIsMissing() {
    assertThat(SiteGrounds.NONE.levelAt(NOW)).isEqualTo(EvidenceLevel.E0);
    assertThat(SiteGrounds.NONE.attributed(Optional.of(LATER)).levelAt(NOW))
        .isEqualTo(EvidenceLevel.E1);
    assertThat(ALL.levelAt(NOW)).isEqualTo(EvidenceLevel.E4);
    assertThat(ALL.sealed(Optional.empty()).levelAt(NOW)).isEqualTo(EvidenceLevel.E3);
    assertThat(ALL.attested(Optional.empty()).levelAt(NOW)).isEqualTo(EvidenceLevel.E2);
    assertThat(ALL.measured(Optional.empty()).levelAt(NOW)).isEqualTo(EvidenceLevel.E1);
    assertThat(ALL.attributed(Optional.empty()).levelAt(NOW)).isEqualTo(EvidenceLevel.E0);
  }

  @Test
  void fallsAtTheMomentAtWhichAGroundEnds() {
    Instant end = NOW.plusSeconds(510);

    assertThat(ALL.levelAt(end.minusNanos(1))).isEqualTo(EvidenceLevel.E4);
    assertThat(ALL.levelAt(end)).isEqualTo(EvidenceLevel.E1);
  }

  @Test
  void aContradictionFromAnySourceOutweighsEverything() {
    for (Source source : Source.values()) {
      SiteGrounds against =
          ALL.contradicted(source, List.of(new LocalText("食い違い", "a contradiction")));

      assertThat(against.levelAt(NOW)).isEqualTo(EvidenceLevel.CONTRADICTED);
      assertThat(against.contradicted(source, List.of())).isEqualTo(ALL);
    }
  }

  @Test
  void tellsTheAgeInWholeMinutesAndWhenItChanges() {
    assertThat(ALL.locationMinutes(NOW)).isEqualTo(1);
    assertThat(ALL.nextChange(NOW)).isEqualTo(NOW.plusSeconds(30));
    assertThat(ALL.locationMinutes(NOW.plusSeconds(30))).isEqualTo(2);
    assertThat(SiteGrounds.NONE.locationMinutes(NOW))
        .isEqualTo(Destination.SiteFacts.NEVER_LOCATED);
    assertThat(SiteGrounds.NONE.nextChange(NOW)).isEqualTo(Instant.MAX);
  }

  @Test
  void anAgeFromTheFutureIsNone() {
    SiteGrounds odd =
        SiteGrounds.NONE.measured(Optional.of(new Measured(NOW.plusSeconds(60), LATER)));

    assertThat(odd.locationMinutes(NOW)).isZero();
  }
}
