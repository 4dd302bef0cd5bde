package dejima.bench.evidence;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Single entries on an idle log, some milliseconds apart: from `append` to durable.
record IdleAppends(EvidenceLog log, ExampleEntries entries) {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(8);
  private static final int DIGITS = 3;

  Times measure(Duration time) {
    var histogram = new Histogram(DIGITS);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE);
      histogram.recordValue(once());
    }
    return Times.of(histogram);
  }

  private long once() {
    String id = entries.nextId();
    var intent = new Waiting();
    long start = System.nanoTime();
    log.append(entries.intent(id), intent);
    Promise promise = intent.promise();
    long nanos = System.nanoTime() - start;
    var outcome = new Waiting();
    log.append(entries.outcome(id, promise.bodyHash()), outcome);
    var _ = outcome.promise();
    return nanos;
  }
}
