package dejima.server;

import java.time.Instant;
import java.time.InstantSource;

/// The wall clock as it stood when the program started, carried on by the monotonic clock: it never
/// jumps, so that setting the wall clock neither prolongs nor ends what counts for a while.
final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos = System.nanoTime();

  SteadyClock(InstantSource wall) {
    this.start = wall.instant();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
