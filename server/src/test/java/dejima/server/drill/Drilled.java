package dejima.server.drill;

import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.DataClass;
import dejima.residency.LegalGrounds;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import dejima.server.Specimen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Work, sites and what the demo's policy says of them.
final class Drilled {
  static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  static final Withdrawal HOME = new Withdrawal("operator", Set.of("home"));

  private Drilled() {}

  static Work work(Confidentiality level) {
    return new Work(
        "t_a",
        "project",
        Specimen.MODEL,
        RequestKind.CHAT,
        new DataClass(level, Set.of()),
        LegalGrounds.NONE);
  }

  /// What becomes of work at `home` and `second`, both domestic, and `abroad`.
  static Fate fate(Work work, Withdrawal withdrawal) {
    return new Fate(
        PolicyBundle.demo()
            .decideAll(
                work.facts(),
                List.of(
                    Specimen.facts("home", "JP", Control.DOMESTIC),
                    Specimen.facts("second", "JP", Control.DOMESTIC),
                    Specimen.facts("abroad", "US", Control.FOREIGN))),
        withdrawal);
  }

  static Sighting answered(Work work, Instant at, String site, long tokens, long millis) {
    return new Sighting(work, at, Optional.of(site), tokens, millis);
  }
}
