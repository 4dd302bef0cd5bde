package dejima.audit.landmark;

import dejima.location.MeasurementId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers who asked for what: no measurement twice, and no gateway too often.
final class RequestBook {
  /// A gateway may ask this often in a minute.
  static final int MOST_IN_A_MINUTE = 300;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Duration kept;
  private final Map<MeasurementId, Instant> seen = new HashMap<>();
  private final Map<String, Count> counts = new HashMap<>();

  private record Count(Instant since, int asked) {}

  RequestBook(InstantSource clock, Duration kept) {
    this.clock = clock;
    this.kept = kept;
  }

  /// Enters a request, or says why it is refused.
  synchronized Optional<Refused> enter(String gateway, MeasurementId measurement) {
    Instant now = clock.instant();
    seen.values().removeIf(since -> Duration.between(since, now).abs().compareTo(kept) > 0);
    Count count = counts.getOrDefault(gateway, new Count(now, 0));
    if (Duration.between(count.since, now).abs().compareTo(MINUTE) >= 0) {
      count = new Count(now, 0);
    }
    if (count.asked >= MOST_IN_A_MINUTE) {
      return Optional.of(
          new Refused(
              429, "more than " + MOST_IN_A_MINUTE + " requests in a minute; ask less often"));
    }
    counts.put(gateway, new Count(count.since, count.asked + 1));
    return seen.putIfAbsent(measurement, now) == null
        ? Optional.empty()
        : Optional.of(new Refused(409, "this measurement was asked for before"));
  }
}
