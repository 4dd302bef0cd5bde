package dejima.agent.builtin;

import dejima.agent.builtin.model.LanguageModel;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Engines for tests: fixed clock, repeatable ids; the model is read once.
final class TestEngines {
  private TestEngines() {}

  static BuiltinEngine engine() {
    return BuiltinEngine.start(settings(16, 64));
  }

  static BuiltinSettings settings(int concurrent, int waiting) {
    var random = new SplittableRandom(1);
    RandomGenerator shared =
        () -> {
          synchronized (random) {
            return random.nextLong();
          }
        };
    return new BuiltinSettings(
        concurrent, waiting, () -> Instant.ofEpochSecond(1_795_000_000), shared);
  }

  static LanguageModel model() {
    return LanguageModel.read(BuiltinEngine.shippedModel());
  }
}
