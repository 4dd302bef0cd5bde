package dejima.server.drill;

import dejima.residency.PolicyBundle;
import dejima.server.drill.Probe.Shot;
import dejima.server.files.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Takes sites away for real, from a [Shadow] under a handful of short requests, and measures what
/// happens.
///
/// @param original what the shadow is cast by
/// @param scratch where shadows write; what they wrote is deleted
record Rehearsal(Shadow.Original original, Path scratch) {
  /// At most this many kinds of work are rehearsed, each by one request at a time.
  static final int MOST_PROBES = 6;

  private static final int LEAST_LANES = 3;
  private static final int WARM = 2;
  private static final long LONGEST_WARM_UP = Duration.ofSeconds(6).toNanos();
  private static final long LONGEST_WAIT = Duration.ofSeconds(3).toNanos();
  private static final long LOOK_NANOS = 50_000;

  /// What was measured.
  ///
  /// @param underWay requests under way at the sites at the moment they were taken away
  /// @param sent requests sent in all
  /// @param switches how each kind of work went over
  record Measured(int underWay, int sent, List<Switch> switches) {
    /// Copies the list.
    Measured {
      switches = List.copyOf(switches);
    }
  }

  /// Rehearses.
  ///
  /// @param works what is asked meanwhile, and what becomes of it; none beyond [#MOST_PROBES]
  Measured run(PolicyBundle bundle, Withdrawal withdrawal, Map<Work, Fate> works) {
    Path folder = folder();
    try (Shadow shadow = Shadow.of(original, bundle, withdrawal, folder);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Lane> lanes = lanes(shadow, withdrawal, client, works);
      List<Future<List<Shot>>> running = new ArrayList<>();
      lanes.forEach(lane -> running.add(threads.submit(lane::run)));
      await(LONGEST_WARM_UP, () -> lanes.stream().allMatch(lane -> lane.answered() >= WARM));
      await(LONGEST_WAIT, () -> shadow.inFlight() > 0);
      long at = System.nanoTime();
      int underWay = shadow.inFlight();
      lanes.forEach(lane -> lane.withdrawnAt(at));
      shadow.withdraw();
      return measured(lanes, running, underWay, at, withdrawal);
    } finally {
      delete(folder);
    }
  }

  private static List<Lane> lanes(
      Shadow shadow, Withdrawal withdrawal, HttpClient client, Map<Work, Fate> works) {
    int each = Math.max(1, LEAST_LANES / Math.max(1, works.size()));
    List<Lane> lanes = new ArrayList<>();
    works.entrySet().stream()
        .limit(MOST_PROBES)
        .forEach(entry -> {
          Probe probe = shadow.probe(entry.getKey());
          for (int i = 0; i < each; i++) {
            lanes.add(new Lane(probe, withdrawal, client, !entry.getValue().stranded()));
          }
        });
    return lanes;
  }

  private interface Condition {
    boolean holds();
  }

  /// Looks often: what is waited for lasts for milliseconds.
  private static void await(long longest, Condition condition) {
    long end = System.nanoTime() + longest;
    while (!condition.holds() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static Measured measured(
      List<Lane> lanes,
      List<Future<List<Shot>>> running,
      int underWay,
      long at,
      Withdrawal withdrawal) {
    Map<Work, List<Shot>> shots = new LinkedHashMap<>();
    int sent = 0;
    for (int i = 0; i < lanes.size(); i++) {
      List<Shot> own = shots(running.get(i));
      sent += own.size();
      shots.computeIfAbsent(lanes.get(i).probe().work(), _ -> new ArrayList<>()).addAll(own);
    }
    List<Switch> switches = new ArrayList<>();
    shots.forEach((work, all) -> switches.add(new Switch(work, all, at, withdrawal)));
    return new Measured(underWay, sent, switches);
  }

  private static List<Shot> shots(Future<List<Shot>> lane) {
    try {
      return lane.get();
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CompletionException(stopped);
    }
  }

  private Path folder() {
    try {
      Files.createDirectories(scratch);
      return Files.createTempDirectory(scratch, "shadow");
    } catch (IOException failed) {
      throw new UncheckedIOException("the drill cannot write in " + scratch, failed);
    }
  }

  private static void delete(Path folder) {
    try {
      Scratch.delete(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
