package dejima.bench.evidence;

import dejima.evidence.AppendFailure;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    Promise promise = intent.result.join();
    long nanos = System.nanoTime() - start;
    var outcome = new Waiting();
    log.append(entries.outcome(id, promise.bodyHash()), outcome);
    var _ = outcome.result.join();
    return nanos;
  }

  private static final class Waiting implements EvidenceLog.Receiver {
    private final CompletableFuture<Promise> result = new CompletableFuture<>();

    @Override
    public void durable(Promise promise) {
      result.complete(promise);
    }

    @Override
    public void failed(AppendFailure failure) {
      result.completeExceptionally(failure);
    }
  }
}
