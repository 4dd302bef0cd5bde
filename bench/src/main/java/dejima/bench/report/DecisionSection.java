package dejima.bench.report;

import dejima.bench.decision.DecisionFigures;
import java.util.Locale;
import java.util.stream.Collectors;

/// The part of the page about decisions and proofs.
final class DecisionSection {
  private DecisionSection() {}

  static String text(DecisionFigures figures) {
    String rows =
        figures.rows().stream()
            .map(row ->
                String.format(
                    Locale.ROOT,
                    "| %s, %d rules | %,.0f | %.1f |",
                    row.engine(),
                    row.rules(),
                    row.nanos(),
                    row.ratio()))
            .collect(Collectors.joining("\n"));
    return String.format(
        Locale.ROOT,
        """
        ## Decisions and proofs

        | one decision, every rule evaluated | ns | times Dejima's |
        |---|---:|---:|
        %s

        The same rules in CEL and in Cedar, sixteen situations in turn, one thread; the engines agree on all of them. The
        other engines find their facts ready in a map or a request, Dejima's gathers them each time and names the deciding
        rules.

        Proving the %d theorems of the Japanese baseline over its %d rules takes %.0f ms with Z3 (the slowest %.0f ms); the
        first time in a process, loading the solver included, %.0f ms.
        """,
        rows,
        figures.theorems(),
        figures.baselineRules(),
        figures.proofMillis(),
        figures.slowestMillis(),
        figures.firstProofMillis());
  }
}
