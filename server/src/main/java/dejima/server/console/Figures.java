package dejima.server.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Numbers, times and ids as the console writes them. The page's script writes them alike.
final class Figures {
  static final String UNKNOWN = "–";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Asia/Tokyo"));

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Tokyo"));

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Figures() {}

  /// As in `1,234`.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String count(OptionalLong number) {
    return number.isPresent() ? count(number.getAsLong()) : UNKNOWN;
  }

  /// Milliseconds with one digit below 100 and none above.
  static String ms(double ms) {
    double shown = Math.round(ms * 10) / 10.0;
    return String.format(Locale.ROOT, shown < 100 ? "%.1f" : "%,.0f", shown);
  }

  static String ms(OptionalDouble ms) {
    return ms.isPresent() ? ms(ms.getAsDouble()) : UNKNOWN;
  }

  /// The time of day in Japan, to the second.
  static String clock(Instant time) {
    return CLOCK.format(time);
  }

  /// The day and time of day in Japan, to the second.
  static String moment(Instant time) {
    return MOMENT.format(time);
  }

  /// The moment in UTC to the millisecond (ISO 8601), for machines.
  static String iso(Instant time) {
    return ISO.format(time);
  }

  /// A hash or an id cut to its beginning and its end, as many characters each as asked.
  static String shortened(String text, int head, int tail) {
    return text.length() <= head + tail + 1
        ? text
        : text.substring(0, head) + "…" + text.substring(text.length() - tail);
  }
}
