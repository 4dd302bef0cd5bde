package dejima.bench.checking;

import dejima.location.LocationEntry;
import dejima.location.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Judges one logged measurement again and again: reads the entry, verifies both signatures and
/// intersects the disc with every point of foreign coast.
record LocationChecks(ExampleMeasurement example) {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final double MEDIAN = 50;
  private static final double TAIL = 99;

  /// @param median in ms
  /// @param tail the 99th percentile in ms
  record Times(double median, double tail) {}

  Times measure(Duration turn) {
    for (long end = System.nanoTime() + turn.toNanos(); System.nanoTime() < end; ) {
      once();
    }
    var histogram = new Histogram(DIGITS);
    for (long end = System.nanoTime() + turn.toNanos(); System.nanoTime() < end; ) {
      long start = System.nanoTime();
      once();
      histogram.recordValue(System.nanoTime() - start);
    }
    return new Times(
        histogram.getValueAtPercentile(MEDIAN) / NANOS_PER_MILLI,
        histogram.getValueAtPercentile(TAIL) / NANOS_PER_MILLI);
  }

  private void once() {
    Verdict verdict = LocationEntry.of(example.entry()).orThrow().judge(example.trusted());
    if (!(verdict instanceof Verdict.Proved)) {
      throw new CheckFailedException("the example is " + verdict.word() + ", not proved");
    }
  }
}
