package dejima.server.console;

import dejima.gateway.SiteStanding;
import dejima.residency.EvidenceLevel;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The evidence levels of a site from the lowest to the highest, each with the ground that it needs
/// besides those below it.
final class Ladder {
  /// How long a site's own statement counts.
  private static final Duration STATED_FOR = Duration.ofDays(90);

  private Ladder() {}

  /// One level.
  ///
  /// @param since when its ground was established, where that is known
  /// @param until when the ground ends to count; none where it is missing
  record Rung(EvidenceLevel level, Optional<Instant> since, Optional<Instant> until) {
    /// The word for it: `counts`, `ended` or `missing`.
    String word(Instant now) {
      return until.map(end -> now.isBefore(end) ? "counts" : "ended").orElse("missing");
    }
  }

  static List<Rung> of(SiteGrounds grounds, SiteStanding standing) {
    Optional<Instant> stated = stated(standing);
    return List.of(
        new Rung(EvidenceLevel.E0, stated, stated.map(at -> at.plus(STATED_FOR))),
        new Rung(EvidenceLevel.E1, Optional.empty(), grounds.attributedUntil()),
        new Rung(
            EvidenceLevel.E2,
            grounds.measured().map(Measured::at),
            grounds.measured().map(Measured::until)),
        new Rung(EvidenceLevel.E3, Optional.empty(), grounds.attestedUntil()),
        new Rung(EvidenceLevel.E4, Optional.empty(), grounds.sealedUntil()));
  }

  private static Optional<Instant> stated(SiteStanding standing) {
    return switch (standing) {
      case SiteStanding.Declared(Instant issued) -> Optional.of(issued);
      case SiteStanding.Unheard _, SiteStanding.Undeclared _, SiteStanding.Contradicted _ ->
          Optional.empty();
    };
  }

  /// When the level ends by itself: with the first of the grounds that it needs. The lowest needs
  /// none that ends.
  static Optional<Instant> until(EvidenceLevel level, SiteGrounds grounds) {
    return Stream.of(
            grounds.attributedUntil(),
            grounds.measured().map(Measured::until),
            grounds.attestedUntil(),
            grounds.sealedUntil())
        .limit(level.level())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }
}
