package dejima.bench.measure;

import dejima.bench.contender.Running;
import dejima.bench.load.Load;
import dejima.bench.load.LoadGenerator;
import dejima.bench.load.Question;
import dejima.bench.load.Tally;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// Requests at a fixed rate on one connection: how long the answer takes.
///
/// @param title what it is
/// @param perSecond the rate
/// @param question which question
/// @param times which time counts
/// @param median where the median goes
/// @param tail where the 99th percentile goes
record OnSchedule(
    String title,
    int perSecond,
    Function<Questions, Question> question,
    Function<Tally, Histogram> times,
    Measure median,
    Measure tail)
    implements Experiment {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MEDIAN = 50;
  private static final double TAIL = 99;

  @Override
  public Map<Measure, Double> measure(
      Running contender, Questions questions, LoadGenerator load, Duration time) {
    Tally tally =
        WrongAnswersException.allRight(
            load.run(
                contender.target(), question.apply(questions), new Load.Fixed(perSecond, time)));
    Histogram histogram = times.apply(tally);
    return Map.of(
        median, histogram.getValueAtPercentile(MEDIAN) / NANOS_PER_MILLI,
        tail, histogram.getValueAtPercentile(TAIL) / NANOS_PER_MILLI);
  }
}
