package dejima.bench.contender;

import dejima.bench.load.Question;
import dejima.bench.load.Target;
import dejima.bench.proc.Memory;
import dejima.bench.proc.ProcFiles;
import dejima.bench.proc.ProcessStat;
import dejima.bench.proc.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A contender that is up and has answered.
public final class Running implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(90);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final String name;
  private final Target target;
  private final Optional<Process> process;
  private final ProcessTree tree;
  private final Duration start;

  private Running(
      String name, Target target, Optional<Process> process, ProcessTree tree, Duration start) {
    this.name = name;
    this.target = target;
    this.process = process;
    this.tree = tree;
    this.start = start;
  }

  /// Starts a contender and waits until it answers a request.
  ///
  /// @param name its name
  /// @param launch how to start it
  /// @param first the request to be answered
  /// @return the running contender
  public static Running start(String name, Launch launch, Question first) {
    long begin = System.nanoTime();
    Optional<Process> process = process(launch);
    var tree =
        new ProcessTree(
            new ProcFiles(Path.of("/proc")),
            process.map(Process::pid).orElse(-1L),
            launch.directory());
    var probe = new Probe(launch.target());
    boolean up = false;
    while (!up
        && System.nanoTime() - begin < LONGEST_START.toNanos()
        && process.stream().allMatch(Process::isAlive)) {
      up = probe.answers(first);
    }
    var running =
        new Running(
            name, launch.target(), process, tree, Duration.ofNanos(System.nanoTime() - begin));
    if (!up) {
      running.close();
      throw new NotStartedException(name, launch.directory());
    }
    return running;
  }

  /// The contender's name.
  ///
  /// @return as on the command line
  public String name() {
    return name;
  }

  /// Where it listens.
  ///
  /// @return the target for the load generator
  public Target target() {
    return target;
  }

  /// Whether there is a process to account for.
  ///
  /// @return false for the zero line
  public boolean hasProcess() {
    return process.isPresent();
  }

  /// From the start of the process to the end of its first answer.
  ///
  /// @return the cold start
  public Duration start() {
    return start;
  }

  /// CPU time of all its processes so far.
  ///
  /// @return user plus system time
  public Duration cpu() {
    return hasProcess() ? tree.cpu() : Duration.ZERO;
  }

  /// Resident memory of all its processes.
  ///
  /// @return the sum
  public Memory memory() {
    return hasProcess() ? tree.memory() : Memory.NONE;
  }

  /// Ends all its processes, politely at first.
  @Override
  public void close() {
    process.ifPresent(this::stop);
  }

  private void stop(Process running) {
    var members = tree.members().stream().map(ProcessStat::pid).toList();
    running.destroy();
    try {
      if (!running.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    members.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static Optional<Process> process(Launch launch) {
    if (launch.command().isEmpty()) {
      return Optional.empty();
    }
    var builder =
        new ProcessBuilder(launch.command())
            .directory(launch.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(launch.directory().resolve("output.log").toFile());
    builder.environment().putAll(launch.environment());
    try {
      return Optional.of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(launch.command().getFirst() + " cannot be started", e);
    }
  }
}
