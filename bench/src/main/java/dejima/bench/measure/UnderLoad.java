package dejima.bench.measure;

import dejima.bench.contender.Running;
import dejima.bench.load.Load;
import dejima.bench.load.LoadGenerator;
import dejima.bench.load.Question;
import dejima.bench.load.Tally;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/// As many requests as the contender can take on a few connections: CPU time per request and
/// throughput.
///
/// @param title what it is
/// @param question which question
/// @param cpu where CPU time per answer goes
/// @param rest what else is read from the tally
record UnderLoad(
    String title,
    Function<Questions, Question> question,
    Measure cpu,
    Map<Measure, Function<Tally, Double>> rest)
    implements Experiment {
  private static final double NANOS_PER_MICRO = 1_000;

  @Override
  public Map<Measure, Double> measure(
      Running contender, Questions questions, LoadGenerator load, Duration time) {
    Duration before = contender.cpu();
    Tally tally =
        WrongAnswersException.allRight(
            load.run(
                contender.target(),
                question.apply(questions),
                new Load.Closed(Plan.CONNECTIONS, time)));
    Duration used = contender.cpu().minus(before);
    Map<Measure, Double> figures = new EnumMap<>(Measure.class);
    if (contender.hasProcess()) {
      figures.put(cpu, used.toNanos() / NANOS_PER_MICRO / tally.right());
    }
    rest.forEach((measure, reading) -> figures.put(measure, reading.apply(tally)));
    return figures;
  }
}
