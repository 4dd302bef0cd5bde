package dejima.bench.evidence;

import dejima.evidence.AppendFailure;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps a number of requests in flight against a log. Each writes its intent, waits until that is
/// durable, writes its outcome, waits for that too, and begins anew: what the gateway does, on one
/// thread like its event loop.
final class ReceiptLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EvidenceLog log;
  private final ExampleEntries entries;
  private final Executor gateway;
  private final boolean signed;
  private final long end;
  private final CountDownLatch open;
  private final AtomicLong receipts = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile String lastId = "";

  ReceiptLoop(
      EvidenceLog log,
      ExampleEntries entries,
      Executor gateway,
      Duration time,
      int inFlight,
      boolean signed) {
    this.log = log;
    this.entries = entries;
    this.gateway = gateway;
    this.signed = signed;
    this.end = System.nanoTime() + time.toNanos();
    this.open = new CountDownLatch(inFlight);
  }

  /// Runs all requests until the time is over and the last outcome is durable.
  ///
  /// @return how many receipts became durable
  long run() {
    for (long i = open.getCount(); i > 0; i--) {
      gateway.execute(this::intent);
    }
    try {
      boolean ended =
          open.await(PATIENCE.toNanos() + end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!ended || failures.get() > 0) {
        throw new LostEvidenceException(failures.get(), open.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return receipts.get();
  }

  String lastId() {
    return lastId;
  }

  private void intent() {
    if (System.nanoTime() >= end) {
      open.countDown();
      return;
    }
    String id = entries.nextId();
    log.append(entries.intent(id), new Durable(signed, promise -> outcome(id, promise)));
  }

  private void outcome(String id, Promise intent) {
    log.append(
        entries.outcome(id, intent.bodyHash()),
        new Durable(
            false,
            _ -> {
              receipts.incrementAndGet();
              lastId = id;
              intent();
            }));
  }

  /// Goes on at the gateway's thread once the entry is durable.
  private final class Durable implements EvidenceLog.Receiver {
    private final boolean signed;
    private final Next next;

    Durable(boolean signed, Next next) {
      this.signed = signed;
      this.next = next;
    }

    @Override
    public void durable(Promise promise) {
      if (signed) {
        var _ = promise.signed();
      }
      gateway.execute(() -> next.after(promise));
    }

    @Override
    public void failed(AppendFailure failure) {
      failures.incrementAndGet();
      open.countDown();
    }
  }

  private interface Next {
    void after(Promise promise);
  }
}
