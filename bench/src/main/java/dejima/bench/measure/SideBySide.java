package dejima.bench.measure;

import dejima.bench.contender.Contender;
import dejima.bench.contender.NotStartedException;
import dejima.bench.contender.Preparation;
import dejima.bench.contender.Probe;
import dejima.bench.contender.Running;
import dejima.bench.contender.Upstream;
import dejima.bench.contender.Workshop;
import dejima.bench.load.LoadGenerator;
import dejima.bench.load.StalledException;
import dejima.bench.load.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The whole comparison: prepares everybody, starts each alone for cold start and memory, then all
/// together for the rounds, in which each has its turn in a rotating order.
public final class SideBySide {
  private static final String ZERO_LINE = "direct";

  private static final List<Experiment> EXPERIMENTS =
      List.of(
          new UnderLoad(
              "1 KB JSON",
              Questions::json,
              Measure.JSON_CPU,
              Map.of(Measure.JSON_RATE, Tally::perSecond)),
          new UnderLoad(
              "stream, back to back",
              Questions::burst,
              Measure.BURST_CPU,
              Map.of(Measure.BURST_RATE, Tally::perSecond, Measure.BURST_READS, SideBySide::reads)),
          new UnderLoad(
              "stream, 1 ms apart",
              Questions::drip,
              Measure.DRIP_CPU,
              Map.of(Measure.DRIP_READS, SideBySide::reads)),
          new OnSchedule(
              "latency",
              Plan.LATENCY_RATE,
              Questions::json,
              Tally::latency,
              Measure.LATENCY_P50,
              Measure.LATENCY_P99),
          new OnSchedule(
              "first token",
              Plan.FIRST_TOKEN_RATE,
              Questions::firstToken,
              Tally::firstByte,
              Measure.FIRST_TOKEN_P50,
              Measure.FIRST_TOKEN_P99));

  private final Workshop workshop;
  private final Plan plan;
  private final Consumer<String> progress;
  private final Samples samples = new Samples();
  private final Surroundings surroundings;
  private final Map<String, Entrant> entrants = new LinkedHashMap<>();

  /// Prepares a comparison.
  ///
  /// @param workshop where to build and run
  /// @param plan how long and how often
  /// @param progress is told what is going on
  public SideBySide(Workshop workshop, Plan plan, Consumer<String> progress) {
    this.workshop = workshop;
    this.plan = plan;
    this.progress = progress;
    this.surroundings = new Surroundings(workshop.directory());
  }

  /// Runs the comparison.
  ///
  /// @param contenders who takes part
  /// @return the figures
  public Outcome run(List<Contender> contenders) {
    List<Contender> ready = contenders.stream().filter(this::prepare).toList();
    try (var stub = StubProcess.start(workshop);
        var load = new LoadGenerator()) {
      var alone = new Alone(workshop, plan, stub.upstream(), load, samples, progress);
      ready.forEach(contender -> guarded(contender.name(), () -> alone.measure(contender)));
      List<Contestant> contestants = startAll(ready, stub.upstream());
      try {
        contestants.forEach(contestant -> guarded(contestant.name(), () -> warm(contestant, load)));
        EXPERIMENTS.forEach(experiment -> rounds(experiment, contestants, load));
      } finally {
        contestants.forEach(contestant -> contestant.running().close());
      }
    }
    ready.stream()
        .filter(contender -> !contender.name().equals(ZERO_LINE))
        .forEach(contender -> samples.derive(contender.name(), ZERO_LINE));
    return new Outcome(List.copyOf(entrants.values()), samples, surroundings.shares());
  }

  private boolean prepare(Contender contender) {
    progress.accept("preparing " + contender.name());
    return switch (contender.prepare(workshop)) {
      case Preparation.Ready(String version) -> {
        entrants.put(
            contender.name(), new Entrant(contender.name(), version, contender.setup(), ""));
        yield true;
      }
      case Preparation.Missing(String reason) -> {
        entrants.put(
            contender.name(),
            new Entrant(contender.name(), "—", contender.setup(), "not measured: " + reason));
        yield false;
      }
    };
  }

  private List<Contestant> startAll(List<Contender> ready, Upstream upstream) {
    List<Contestant> contestants = new ArrayList<>();
    Questions questions = Questions.ofStub();
    for (Contender contender : ready) {
      guarded(
          contender.name(),
          () -> {
            var running =
                Running.start(
                    contender.name(), contender.launch(workshop, upstream), questions.json());
            Questions learned = questions.learnedFrom(new Probe(running.target()));
            if (learned.rewritten()) {
              remark(contender.name(), "rewrites answers: same texts, other bytes");
            }
            contestants.add(new Contestant(running, learned));
          });
    }
    return contestants;
  }

  private void warm(Contestant contestant, LoadGenerator load) {
    progress.accept("warming " + contestant.name());
    new WarmUp(plan, load).all(contestant.running(), contestant.questions());
  }

  private void rounds(Experiment experiment, List<Contestant> contestants, LoadGenerator load) {
    for (int round = 0; round < plan.rounds(); round++) {
      progress.accept("%s, round %d of %d".formatted(experiment.title(), round + 1, plan.rounds()));
      for (int i = 0; i < contestants.size(); i++) {
        Contestant contestant = contestants.get((round + i) % contestants.size());
        guarded(contestant.name(), () -> turn(experiment, contestant, load));
      }
    }
  }

  private void turn(Experiment experiment, Contestant contestant, LoadGenerator load) {
    surroundings.watch(() ->
        experiment
            .measure(contestant.running(), contestant.questions(), load, plan.turn())
            .forEach((measure, value) -> samples.add(contestant.name(), measure, value)));
  }

  /// One contender's failure is its own: it is noted, and the others go on.
  private void guarded(String name, Runnable action) {
    try {
      action.run();
    } catch (NotStartedException
        | WrongAnswersException
        | StalledException
        | TooFewStreamsException e) {
      String reason = Objects.requireNonNullElse(e.getMessage(), "failed");
      progress.accept(name + ": " + reason);
      remark(name, reason);
    }
  }

  private void remark(String name, String remark) {
    entrants.computeIfPresent(
        name,
        (_, entrant) ->
            entrant.remarked(
                entrant.remark().isEmpty() ? remark : entrant.remark() + "; " + remark));
  }

  private static double reads(Tally tally) {
    return (double) tally.reads() / tally.right();
  }

  private record Contestant(Running running, Questions questions) {
    String name() {
      return running.name();
    }
  }
}
