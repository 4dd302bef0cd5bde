package dejima.bench.evidence;

import dejima.bench.measure.Plan;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.LoggedEntry;
import dejima.evidence.Signer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Measures `EvidenceLog.inDirectory`: throughput with fsync, CPU per receipt, and the wait on an
/// idle log.
///
/// @param directory where the logs go; on the disk that is to be measured
/// @param rounds how often
/// @param turn how long one round lasts
public record EvidenceBench(Path directory, int rounds, Duration turn) {
  private static final int IN_FLIGHT = 256;
  private static final int PROOF_TURNS = 3;
  private static final int SEED_BYTES = 32;
  private static final double NANOS_PER_MICRO = 1_000;

  /// Runs the measurement.
  ///
  /// @param clock dates entries
  /// @param random makes ids, salts and the log's key
  /// @return the figures
  /// @throws LostEvidenceException when an entry was refused or is not in the log afterwards
  public EvidenceFigures run(InstantSource clock, RandomGenerator random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    var settings = LogSettings.of(Signer.ed25519("bench.invalid/log", seed), clock);
    var entries = new ExampleEntries(clock, random);
    try (EvidenceLog log = EvidenceLog.inDirectory(directory.resolve("log"), settings);
        ExecutorService gateway = Executors.newSingleThreadExecutor()) {
      var _ = round(log, entries, gateway, false);
      var plain = new Rounds();
      var signed = new Rounds();
      for (int i = 0; i < rounds; i++) {
        plain.add(round(log, entries, gateway, false));
        signed.add(round(log, entries, gateway, true));
      }
      var idle = new IdleAppends(log, entries).measure(turn);
      var proof = proofs(log, entries, new ExampleEntries(clock, random), gateway);
      var force = new ForcedWrites(directory);
      var together = force.measure(turn, Duration.ZERO);
      var apart = force.measure(turn, Duration.ofSeconds(1).dividedBy(Plan.LATENCY_RATE));
      return new EvidenceFigures(
          plain.perSecond,
          plain.cpu,
          signed.perSecond,
          signed.cpu,
          plain.bytes,
          IN_FLIGHT,
          idle.median(),
          idle.tail(),
          proof.median(),
          proof.tail(),
          together.median(),
          apart.median(),
          apart.tail());
    }
  }

  /// While other receipts are made as fast as the log takes them.
  private Times proofs(
      EvidenceLog log, ExampleEntries busy, ExampleEntries watched, ExecutorService gateway) {
    Duration time = turn.multipliedBy(PROOF_TURNS);
    try (ExecutorService watching = Executors.newSingleThreadExecutor()) {
      Future<Times> waits = watching.submit(() -> new ProofWaits(log, watched).measure(time));
      var _ = new ReceiptLoop(log, busy, gateway, time, IN_FLIGHT, false).run();
      return waits.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new LostEvidenceException("no proof came: " + failed.getMessage());
    }
  }

  private Round round(
      EvidenceLog log, ExampleEntries entries, ExecutorService gateway, boolean signed) {
    var loop = new ReceiptLoop(log, entries, gateway, turn, IN_FLIGHT, signed);
    long start = System.nanoTime();
    Duration cpu = cpu();
    long receipts = loop.run();
    Duration used = cpu().minus(cpu);
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return new Round(
        receipts / seconds,
        used.toNanos() / NANOS_PER_MICRO / receipts,
        bytes(log.find(loop.lastId())));
  }

  private static long bytes(List<LoggedEntry> entries) {
    if (entries.size() != 2) {
      throw new LostEvidenceException(
          "the log knows %d entries of a request that has two".formatted(entries.size()));
    }
    return entries.stream().mapToLong(entry -> entry.body().canonicalBytes().length).sum();
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private record Round(double perSecond, double cpuMicros, long bytes) {}

  private static final class Rounds {
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private long bytes;

    void add(Round round) {
      perSecond.add(round.perSecond);
      cpu.add(round.cpuMicros);
      bytes = round.bytes;
    }
  }
}
