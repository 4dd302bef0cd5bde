package dejima.server.drill;

import dejima.server.drill.Probe.Result;
import dejima.server.drill.Probe.Shot;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One probe sent again and again, each time after the answer before, until enough was seen after
/// the withdrawal.
final class Lane {
  private static final int MOST_BEFORE = 40;
  private static final int MOST_AFTER = 40;
  private static final int ENOUGH = 3;
  private static final long PAUSE_MILLIS = 20;
  private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

  private final Probe probe;
  private final Withdrawal withdrawal;
  private final HttpClient client;
  private final boolean hopeful;
  private final List<Shot> shots = new ArrayList<>();
  private volatile long withdrawnAt;
  private volatile boolean withdrawn;
  private final AtomicInteger answered = new AtomicInteger();

  /// @param hopeful whether anything is left that may answer afterwards
  Lane(Probe probe, Withdrawal withdrawal, HttpClient client, boolean hopeful) {
    this.probe = probe;
    this.withdrawal = withdrawal;
    this.client = client;
    this.hopeful = hopeful;
  }

  Probe probe() {
    return probe;
  }

  /// How many requests were answered so far.
  int answered() {
    return answered.get();
  }

  /// The sites are about to be taken away.
  void withdrawnAt(long nanoTime) {
    withdrawnAt = nanoTime;
    withdrawn = true;
  }

  /// Sends until it has seen enough, or for ten seconds after the withdrawal.
  ///
  /// @return every request that ended
  List<Shot> run() throws InterruptedException {
    int round = 0;
    while (!seenEnough()) {
      if (!withdrawn && shots.size() >= MOST_BEFORE) {
        Thread.sleep(PAUSE_MILLIS);
        continue;
      }
      Shot shot = probe.fire(client, probe.streams() && round++ % 2 == 0);
      shots.add(shot);
      if (shot.result() == Result.ANSWERED) {
        answered.incrementAndGet();
      } else {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return List.copyOf(shots);
  }

  private boolean seenEnough() {
    if (!withdrawn) {
      return false;
    }
    List<Shot> after = shots.stream().filter(shot -> shot.startedAt() >= withdrawnAt).toList();
    long elsewhere =
        after.stream()
            .filter(shot -> shot.result() == Result.ANSWERED)
            .filter(shot -> !withdrawal.takes(shot.site()))
            .count();
    return elsewhere >= ENOUGH
        || after.size() >= (hopeful ? MOST_AFTER : ENOUGH)
        || System.nanoTime() - withdrawnAt > LONGEST_NANOS;
  }
}
