package dejima.bench.measure;

import dejima.bench.contender.Running;
import dejima.bench.load.Load;
import dejima.bench.load.LoadGenerator;
import dejima.bench.load.Question;
import java.time.Duration;

/// Load before anything counts, so that a just-in-time compiler has seen each path often enough.
///
/// @param plan for how long at most
/// @param load the generator
record WarmUp(Plan plan, LoadGenerator load) {
  private static final Duration SLICE = Duration.ofSeconds(2);

  /// A stream has many chunks, so fewer of them do.
  private static final int STREAM_WEIGHT = 10;

  void all(Running contender, Questions questions) {
    repeat(contender, questions.json(), plan.warmAnswers());
    repeat(contender, questions.burst(), plan.warmAnswers() / STREAM_WEIGHT);
    repeat(contender, questions.drip(), plan.warmAnswers() / STREAM_WEIGHT);
  }

  private void repeat(Running contender, Question question, int answers) {
    long end = System.nanoTime() + plan.warmUp().toNanos();
    long seen = 0;
    while (seen < answers && System.nanoTime() < end) {
      seen +=
          load.run(contender.target(), question, new Load.Closed(Plan.CONNECTIONS, SLICE)).right();
    }
  }
}
