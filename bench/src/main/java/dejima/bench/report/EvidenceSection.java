package dejima.bench.report;

import dejima.bench.evidence.EvidenceFigures;
import dejima.bench.measure.Statistics;
import java.util.List;
import java.util.Locale;

/// The part of the page about the evidence log.
final class EvidenceSection {
  private EvidenceSection() {}

  static String text(EvidenceFigures figures) {
    return """
    ## Evidence

    | the log by itself, in a directory, every entry forced to disk before it counts | |
    |---|---:|
    | receipts a second, %d requests in flight | %s |
    | CPU per receipt, making its entries included, µs | %s |
    | receipts a second with a signed promise for each | %s |
    | CPU per receipt with a signed promise, µs | %s |
    | bytes of a receipt's two bodies | %,d |
    | one entry on an idle log until durable, p50 and p99, ms | %.3f and %.3f |
    | from durable until a published tree head proves it, under that load, p50 and p99, ms | %.0f and %.0f |
    | for comparison: 4 KiB written and forced to this disk again and again, p50, ms | %.3f |
    | the same at the pace of the latency rows, p50 and p99, ms | %.3f and %.3f |

    A receipt is an intent and, once that is durable, an outcome, both of the gateway's size and shape, under one tenant.
    Promises are signed with the JDK's Ed25519 here, one signature for all that became durable together; the server goes
    over to a faster library when it is busy. A gateway that forces a record to the disk before it sends cannot add less
    than the last row.
    """
        .formatted(
            figures.inFlight(),
            median("%,.0f", figures.receiptsPerSecond()),
            median("%.1f", figures.cpuMicros()),
            median("%,.0f", figures.signedReceiptsPerSecond()),
            median("%.1f", figures.signedCpuMicros()),
            figures.bytesPerReceipt(),
            figures.idleMedianMillis(),
            figures.idleTailMillis(),
            figures.proofMedianMillis(),
            figures.proofTailMillis(),
            figures.forceMedianMillis(),
            figures.apartMedianMillis(),
            figures.apartTailMillis());
  }

  private static String median(String format, List<Double> rounds) {
    return String.format(Locale.ROOT, format, Statistics.median(rounds).orElse(Double.NaN));
  }
}
