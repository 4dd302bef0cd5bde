package dejima.bench.measure;

import dejima.bench.contender.Running;
import dejima.bench.load.LoadGenerator;
import java.time.Duration;
import java.util.Map;

/// One kind of load, put on each contender in turn.
interface Experiment {
  /// What it is, for the progress line.
  String title();

  /// Puts the load on a contender.
  ///
  /// @param contender whom
  /// @param questions what to ask it, with its own right answers
  /// @param load the generator
  /// @param time for how long
  /// @return this round's figures
  /// @throws WrongAnswersException when any answer was wrong or missing
  Map<Measure, Double> measure(
      Running contender, Questions questions, LoadGenerator load, Duration time);
}
