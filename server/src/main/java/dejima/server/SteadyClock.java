package dejima.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The wall clock as it stood when the program started, carried on by the monotonic clock: it never
/// jumps, so that setting the wall clock neither prolongs nor ends what counts for a while.
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos = System.nanoTime();

  SteadyClock(InstantSource wall) {
    this.start = wall.instant();
  }

  /// The same distance from now on another clock; in whole seconds, so that judging alike gives the
  /// same.
  ///
  /// @param end by the wall clock
  /// @param wall now by the wall clock
  /// @param steady now by the clock that never jumps
  public static Instant carried(Instant end, Instant wall, Instant steady) {
    return steady.plus(Duration.between(wall, end)).truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
