package dejima.bench.evidence;

import java.util.List;

/// What the evidence log was measured to do.
///
/// @param receiptsPerSecond one figure a round: intents with their outcomes, both durable
/// @param cpuMicros one figure a round: CPU time of the whole process for one receipt, the making
///   of its entries included
/// @param signedReceiptsPerSecond the same with a signed promise asked for each intent
/// @param signedCpuMicros CPU time for such a receipt
/// @param bytesPerReceipt both bodies as they stand in the log
/// @param inFlight how many requests were open at any time
/// @param idleMedianMillis from `append` to durable on an idle log, median
/// @param idleTailMillis the 99th percentile of that
/// @param proofMedianMillis from durable to covered by a published tree head while the log is as
///   busy as above, median
/// @param proofTailMillis the 99th percentile of that
/// @param forceMedianMillis what writing 4 KiB into a preallocated file and forcing it takes by
///   itself, one directly after the other, median
/// @param apartMedianMillis the same write at the pace at which latency is measured, median
/// @param apartTailMillis the 99th percentile of that: no gateway that forces a record to this disk
///   before it sends can add less
public record EvidenceFigures(
    List<Double> receiptsPerSecond,
    List<Double> cpuMicros,
    List<Double> signedReceiptsPerSecond,
    List<Double> signedCpuMicros,
    long bytesPerReceipt,
    int inFlight,
    double idleMedianMillis,
    double idleTailMillis,
    double proofMedianMillis,
    double proofTailMillis,
    double forceMedianMillis,
    double apartMedianMillis,
    double apartTailMillis) {
  /// Keeps its own copies.
  public EvidenceFigures {
    receiptsPerSecond = List.copyOf(receiptsPerSecond);
    cpuMicros = List.copyOf(cpuMicros);
    signedReceiptsPerSecond = List.copyOf(signedReceiptsPerSecond);
    signedCpuMicros = List.copyOf(signedCpuMicros);
  }
}
