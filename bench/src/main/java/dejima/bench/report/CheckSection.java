package dejima.bench.report;

import dejima.bench.checking.CheckFigures;
import dejima.bench.measure.Statistics;
import java.util.List;
import java.util.Locale;

/// The part of the page about checking evidence.
final class CheckSection {
  private CheckSection() {}

  static String text(CheckFigures figures) {
    return String.format(
        Locale.ROOT,
        """
        ## Checking evidence

        | | ms |
        |---|---:|
        | one measurement of a site's location: read, both signatures, every point of foreign coast; p50 and p99 | %.2f and %.2f |
        | `./dejima verify` of a receipt, a new process each time: median of %d, and the slowest | %.0f and %.0f |
        | for comparison: a JVM that starts and ends, median | %.0f |

        The receipt is the demo's: one intent, four sites decided again from the recorded facts, request and response opened.
        Files are cached and the JVM has been taught by an earlier verification.
        """,
        figures.locationMedianMillis(),
        figures.locationTailMillis(),
        figures.verifyMillis().size(),
        median(figures.verifyMillis()),
        figures.verifyMillis().stream().mapToDouble(one -> one).max().orElse(Double.NaN),
        median(figures.bareMillis()));
  }

  private static double median(List<Double> values) {
    return Statistics.median(values).orElse(Double.NaN);
  }
}
