package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.Reading;

/// How long a question and its answer were under way, by the monotonic clock of the asker.
///
/// @param nanos 1 ns to 10 s
public record RoundTrip(long nanos) implements Comparable<RoundTrip> {
  /// The longest that counts as an answer.
  static final long LONGEST = 10_000_000_000L;

  /// Half of what light travels in vacuum in a nanosecond, in metres: no medium is faster, and a
  /// cable's own speed bounds nothing.
  private static final double METRES_PER_NANO = 299_792_458e-9 / 2;

  /// @throws IllegalArgumentException for zero, a negative duration or one beyond the longest
  public RoundTrip {
    if (nanos < 1 || nanos > LONGEST) {
      throw new IllegalArgumentException("a round trip takes 1 ns to 10 s");
    }
  }

  /// Reads whole nanoseconds.
  static Reading<RoundTrip> of(Json json) {
    if (json instanceof Json.Num number
        && number.integer().filter(n -> n >= 1 && n <= LONGEST).isPresent()) {
      return new Reading.Read<>(new RoundTrip((long) number.value()));
    }
    return new Reading.Unreadable<>("a round trip is not a whole number of ns from 1 to 10^10");
  }

  /// How far away, at most, whoever answered was: what light travels in half of the time.
  public double metres() {
    return nanos * METRES_PER_NANO;
  }

  /// In milliseconds.
  public double millis() {
    return nanos / 1e6;
  }

  @Override
  public int compareTo(RoundTrip other) {
    return Long.compare(nanos, other.nanos);
  }
}
