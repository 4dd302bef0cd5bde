package dejima.bench.measure;

import dejima.bench.contender.Contender;
import dejima.bench.contender.Probe;
import dejima.bench.contender.Running;
import dejima.bench.contender.Upstream;
import dejima.bench.contender.Workshop;
import dejima.bench.load.HeldStreams;
import dejima.bench.load.LoadGenerator;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What is measured while one contender runs by itself: how it starts, and its memory with many
/// open streams.
///
/// @param workshop where it runs
/// @param plan how often
/// @param upstream the stub
/// @param load the generator
/// @param samples where the figures go
/// @param progress is told what is going on
record Alone(
    Workshop workshop,
    Plan plan,
    Upstream upstream,
    LoadGenerator load,
    Samples samples,
    Consumer<String> progress) {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /// Starts the contender as often as the plan says; before the first counted start there is one
  /// that counts not, so that everybody finds files cached and data directories made.
  void measure(Contender contender) {
    if (contender.launch(workshop, upstream).command().isEmpty()) {
      return;
    }
    progress.accept("starting " + contender.name() + " alone");
    start(contender).close();
    for (int i = 0; i < plan.coldStarts(); i++) {
      try (var running = start(contender)) {
        samples.add(
            contender.name(), Measure.COLD_START, running.start().toNanos() / NANOS_PER_SECOND);
        samples.add(
            contender.name(), Measure.COLD_START_CPU, running.cpu().toNanos() / NANOS_PER_SECOND);
        if (i == plan.coldStarts() - 1) {
          holdStreams(running);
        }
      }
    }
  }

  private Running start(Contender contender) {
    return Running.start(
        contender.name(), contender.launch(workshop, upstream), Questions.ofStub().json());
  }

  private void holdStreams(Running running) {
    progress.accept("open streams through " + running.name());
    Questions questions = Questions.ofStub().learnedFrom(new Probe(running.target()));
    new WarmUp(plan, load).all(running, questions);
    try (HeldStreams held =
        load.hold(running.target(), Questions.endless(), plan.openStreams(), PATIENCE)) {
      LockSupport.parkNanos(plan.hold().toNanos());
      double megabytes = running.memory().proportional() / BYTES_PER_MEGABYTE;
      if (held.flowing() < plan.openStreams()) {
        throw new TooFewStreamsException(held.flowing(), plan.openStreams());
      }
      samples.add(running.name(), Measure.HELD_MEMORY, megabytes);
    }
  }
}
