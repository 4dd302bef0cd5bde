package dejima.register;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/// Something that somebody looked up. Outside its days it counts as missing.
///
/// @param value what was found
/// @param source where: a text or an address
/// @param date the day on which it was looked up, or from which it holds
/// @param expires the last day on which it counts
/// @param <T> what kind of thing it is
public record Fact<T>(T value, String source, LocalDate date, LocalDate expires) {
  /// For how long after its date a fact may support evidence level E1.
  public static final Duration FRESH = Duration.ofDays(90);

  /// Days begin where the register is kept.
  static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

  /// Refuses a fact without a source, or one that ends before it begins.
  public Fact {
    if (source.isBlank()) {
      throw new IllegalArgumentException("a fact names its source");
    }
    if (expires.isBefore(date)) {
      throw new IllegalArgumentException("a fact does not expire before its date");
    }
  }

  /// The value, if it counts at that moment.
  public Optional<T> at(Instant now) {
    return now.isBefore(from()) || !now.isBefore(until()) ? Optional.empty() : Optional.of(value);
  }

  /// The first moment at which it counts.
  public Instant from() {
    return date.atStartOfDay(JAPAN).toInstant();
  }

  /// The first moment at which it counts no more.
  public Instant until() {
    return expires.plusDays(1).atStartOfDay(JAPAN).toInstant();
  }

  /// The first moment at which it is too old for E1, which is never after [#until].
  public Instant freshUntil() {
    Instant aged = from().plus(FRESH);
    return aged.isBefore(until()) ? aged : until();
  }
}
