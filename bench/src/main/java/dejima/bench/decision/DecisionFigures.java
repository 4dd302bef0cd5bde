package dejima.bench.decision;

import java.util.List;

/// What was found about decisions and proofs.
///
/// @param rows one for each engine and number of rules
/// @param theorems how many the Japanese baseline has
/// @param baselineRules how many rules it has
/// @param proofMillis proving all of them, median
/// @param slowestMillis the slowest of them, median
/// @param firstProofMillis the first time, loading the solver included
public record DecisionFigures(
    List<Row> rows,
    int theorems,
    int baselineRules,
    double proofMillis,
    double slowestMillis,
    double firstProofMillis) {
  /// Copies the rows.
  public DecisionFigures {
    rows = List.copyOf(rows);
  }

  /// One engine with one number of rules.
  ///
  /// @param nanos of one decision, the median of the rounds
  /// @param ratio to Dejima's closures with as many rules
  public record Row(String engine, int rules, double nanos, double ratio) {}
}
