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
import java.util.stream.Stream;

/// Takes sites away for real, from a [Shadow] under a handful of short requests, and measures what
/// happens.
///
/// @param original what the shadow is cast by
/// @param scratch where shadows write; what they wrote is deleted
record Rehearsal(Shadow.Original original, Path scratch) {
  /// At most this many kinds of work are rehearsed at once, each by a request at a time: sites that
  /// carry production beside it must not feel it.
  static final int MOST_PROBES = 6;

  private static final int LEAST_LANES = 3;
  private static final int WARM = 2;
  private static final long LONGEST_WARM_UP = Duration.ofSeconds(6).toNanos();
  private static final long LONGEST_WAIT = Duration.ofSeconds(3).toNanos();
  private static final long LOOK_NANOS = 50_000;

  /// What was measured.
  ///
  /// @param underWay requests under way at the sites at the moments they were taken away
  /// @param sent requests sent in all
  /// @param switches how each kind of work went over
  /// @param leftOut kinds for which the time did not suffice
  record Measured(int underWay, int sent, List<Switch> switches, List<Work> leftOut) {
    /// Copies the lists.
    Measured {
      switches = List.copyOf(switches);
      leftOut = List.copyOf(leftOut);
    }

    private Measured and(Measured other) {
      return new Measured(
          underWay + other.underWay,
          sent + other.sent,
          Stream.concat(switches.stream(), other.switches.stream()).toList(),
          Stream.concat(leftOut.stream(), other.leftOut.stream()).toList());
    }
  }

  /// Rehearses one handful of work after the other, each on a shadow of its own, and begins none
  /// when the time is over; the first is rehearsed in any case.
  ///
  /// @param works what is asked, and what becomes of it, the most telling first
  Measured run(PolicyBundle bundle, Withdrawal withdrawal, Map<Work, Fate> works, Duration budget) {
    long end = System.nanoTime() + budget.toNanos();
    List<Work> order = List.copyOf(works.keySet());
    Measured all = new Measured(0, 0, List.of(), List.of());
    for (int from = 0; from < order.size(); from += MOST_PROBES) {
      List<Work> next = order.subList(from, Math.min(order.size(), from + MOST_PROBES));
      if (from > 0 && System.nanoTime() - end > 0) {
        return all.and(new Measured(0, 0, List.of(), order.subList(from, order.size())));
      }
      Map<Work, Fate> handful = new LinkedHashMap<>(works);
      handful.keySet().retainAll(next);
      all = all.and(run(bundle, withdrawal, handful));
    }
    return all;
  }

  private Measured run(PolicyBundle bundle, Withdrawal withdrawal, Map<Work, Fate> works) {
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
    works.forEach((work, fate) -> {
      Probe probe = shadow.probe(work);
      for (int i = 0; i < each; i++) {
        lanes.add(new Lane(probe, withdrawal, client, !fate.stranded()));
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
    return new Measured(underWay, sent, switches, List.of());
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
