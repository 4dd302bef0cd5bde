package dejima.bench.evidence;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// How long after a receipt became durable the log can prove it: until a published tree head covers
/// it and its receipt can be issued.
record ProofWaits(EvidenceLog log, ExampleEntries entries) {
  private static final int DIGITS = 3;
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(1);

  /// Moments at which receipts end are spread over a tree head's interval by this odd pause.
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(37);

  Times measure(Duration time) {
    var histogram = new Histogram(DIGITS);
    for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
      histogram.recordValue(once());
      LockSupport.parkNanos(PAUSE);
    }
    return Times.of(histogram);
  }

  private long once() {
    String id = entries.nextId();
    var intent = new Waiting();
    log.append(entries.intent(id), intent);
    var outcome = new Waiting();
    log.append(entries.outcome(id, intent.promise().bodyHash()), outcome);
    Promise promise = outcome.promise();
    long durable = System.nanoTime();
    while (log.head().size() <= promise.index()) {
      LockSupport.parkNanos(LOOK_AGAIN);
    }
    return System.nanoTime() - durable;
  }
}
