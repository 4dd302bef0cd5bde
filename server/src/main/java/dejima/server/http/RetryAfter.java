package dejima.server.http;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The `Retry-After` header in its form of seconds (RFC 9110 §10.2.3). The form of a date is not
/// used: it would make durations depend on another machine's wall clock.
final class RetryAfter {
  private static final int LONGEST = 3_600;

  private RetryAfter() {}

  static OptionalInt seconds(@Nullable String header) {
    if (header == null || !header.matches("[0-9]{1,9}")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Math.clamp(Long.parseLong(header), 1, LONGEST));
  }
}
