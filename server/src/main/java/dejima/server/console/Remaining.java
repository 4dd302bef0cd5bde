package dejima.server.console;

import java.time.Duration;
import java.time.Instant;

/// How long something still counts, in the two largest units that say something. The pages' script
/// counts down in the same words.
final class Remaining {
  private Remaining() {}

  /// As in `9 min 12 s`; nothing once the moment has come.
  static String until(Instant end, Instant now, Words words) {
    Duration left = Duration.between(now, end);
    if (left.isNegative() || left.isZero()) {
      return words.get("left.none");
    }
    if (left.toDays() > 0) {
      return words.get("left.days").formatted(left.toDays(), left.toHoursPart());
    }
    if (left.toHours() > 0) {
      return words.get("left.hours").formatted(left.toHours(), left.toMinutesPart());
    }
    return words.get("left.minutes").formatted(left.toMinutes(), left.toSecondsPart());
  }
}
