package dejima.agent.builtin;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// How the built-in engine runs.
///
/// @param concurrent answers that it works on at the same time, 1 to 64
/// @param waiting requests that may wait for a place before more are refused
/// @param clock tells when an answer was created
/// @param random gives ids to answers, and seeds to requests that bring none; thread-safe
public record BuiltinSettings(
    int concurrent, int waiting, InstantSource clock, RandomGenerator random) {
  /// Refuses numbers that make no engine.
  public BuiltinSettings {
    if (concurrent < 1 || concurrent > 64 || waiting < 0) {
      throw new IllegalArgumentException("concurrent is 1 to 64, waiting not negative");
    }
  }
}
