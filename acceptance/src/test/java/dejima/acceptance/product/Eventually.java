package dejima.acceptance.product;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what another process will do in its own time.
public final class Eventually {
  private static final long PAUSE_NANOS = 10_000_000;

  private Eventually() {}

  /// The value once it is there; fails with `otherwise` if it does not come within `longest`.
  public static <T> T present(
      Duration longest, Supplier<Optional<T>> source, Supplier<String> otherwise) {
    long end = System.nanoTime() + longest.toNanos();
    Optional<T> found = source.get();
    while (found.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      found = source.get();
    }
    return found.get();
  }

  /// Returns once the condition holds; fails with `otherwise` if it does not within `longest`.
  public static void holds(
      Duration longest, BooleanSupplier condition, Supplier<String> otherwise) {
    present(
        longest,
        () -> condition.getAsBoolean() ? Optional.of(Boolean.TRUE) : Optional.empty(),
        otherwise);
  }
}
