package dejima.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Measures appending with fsync: receipts a second (intent and outcome each), CPU per receipt, and
/// the time of a single append on an idle log. Run its `main` with a directory.
final class AppendBench {
  private final EvidenceLog log;
  private final RequestIds ids = new RequestIds(InstantSource.system(), new Random(1));
  private final AtomicLong ended = new AtomicLong();

  private AppendBench(EvidenceLog log) {
    this.log = log;
  }

  public static void main(String[] arguments) throws IOException {
    var directory = Files.createTempDirectory(Path.of(arguments[0]), "append-bench");
    var settings = LogSettings.of(Specimen.SIGNER, InstantSource.system());
    try (var log = EvidenceLog.inDirectory(directory, settings)) {
      var bench = new AppendBench(log);
      bench.latency(2000);
      for (int window : new int[] {64, 1, 16, 256}) {
        bench.throughput(window, window == 1 ? 5_000 : 40_000);
      }
      bench.latency(2000);
    }
  }

  private void throughput(int window, int receipts) {
    var slots = new Semaphore(window);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    long target = ended.get() + receipts;
    for (int i = 0; i < receipts; i++) {
      slots.acquireUninterruptibly();
      request(slots);
    }
    while (ended.get() < target) {
      LockSupport.parkNanos(100_000);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cores = (cpuNanos() - cpu) / 1e9 / seconds;
    System.out.printf(
        "%5d at once: %,8.0f receipts/s, %.2f cores, %.1f us CPU each%n",
        window, receipts / seconds, cores, cores * seconds / receipts * 1e6);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /// As the gateway does it: it goes on when the intent is durable, nobody waits for the outcome.
  private void request(Semaphore slots) {
    String id = ids.next();
    log.append(
        BenchEntries.intent(id),
        (Durable)
            promise -> {
              slots.release();
              log.appendLater(
                  BenchEntries.outcome(id, promise.bodyHash()),
                  (Durable) _ -> ended.incrementAndGet());
            });
  }

  private interface Durable extends EvidenceLog.Receiver {
    @Override
    default void failed(AppendFailure failure) {
      throw failure;
    }
  }

  private void latency(int count) {
    long[] nanos = new long[count];
    var waiting = Thread.currentThread();
    for (int i = 0; i < count; i++) {
      var entry = BenchEntries.intent(ids.next());
      var done = new AtomicLong();
      long start = System.nanoTime();
      log.append(
          entry,
          (Durable)
              _ -> {
                done.set(System.nanoTime());
                LockSupport.unpark(waiting);
              });
      while (done.get() == 0) {
        LockSupport.park(this);
      }
      nanos[i] = done.get() - start;
      LockSupport.parkNanos(200_000);
    }
    Arrays.sort(nanos);
    System.out.printf(
        "single append: median %.0f us, 99th percentile %.0f us%n",
        nanos[count / 2] / 1e3, nanos[count * 99 / 100] / 1e3);
  }
}
