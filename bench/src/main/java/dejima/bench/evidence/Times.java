package dejima.bench.evidence;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The median and the 99th percentile of many short times.
///
/// @param median milliseconds
/// @param tail milliseconds
record Times(double median, double tail) {
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  static Times of(Histogram nanos) {
    return new Times(
        nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }
}
