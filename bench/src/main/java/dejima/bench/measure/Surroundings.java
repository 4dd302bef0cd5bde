package dejima.bench.measure;

import dejima.bench.proc.ProcFiles;
import dejima.bench.proc.ProcessTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Watches how much of the machine other programs use while figures are taken.
final class Surroundings {
  private final ProcFiles proc = new ProcFiles(Path.of("/proc"));
  private final ProcessTree own;
  private final List<Double> shares = new ArrayList<>();

  Surroundings(Path workshop) {
    this.own = new ProcessTree(proc, ProcessHandle.current().pid(), workshop);
  }

  /// Runs something and notes others' share of the machine meanwhile.
  void watch(Runnable turn) {
    long start = System.nanoTime();
    Duration busy = proc.busy();
    Duration used = own.cpu();
    turn.run();
    Duration others = proc.busy().minus(busy).minus(own.cpu().minus(used));
    double available =
        (double) (System.nanoTime() - start) * Runtime.getRuntime().availableProcessors();
    shares.add(Math.clamp(others.toNanos() / available, 0, 1));
  }

  List<Double> shares() {
    return List.copyOf(shares);
  }
}
