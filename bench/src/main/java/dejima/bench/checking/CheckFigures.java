package dejima.bench.checking;

import java.util.List;

/// What checking evidence was measured to cost.
///
/// @param locationMedianMillis one measurement read and judged, both signatures included, median
/// @param locationTailMillis the 99th percentile of that
/// @param verifyMillis one figure a process: `./dejima verify` from start to end
/// @param bareMillis one figure a process: a JVM that only starts and ends
public record CheckFigures(
    double locationMedianMillis,
    double locationTailMillis,
    List<Double> verifyMillis,
    List<Double> bareMillis) {
  /// Keeps its own copies.
  public CheckFigures {
    verifyMillis = List.copyOf(verifyMillis);
    bareMillis = List.copyOf(bareMillis);
  }
}
