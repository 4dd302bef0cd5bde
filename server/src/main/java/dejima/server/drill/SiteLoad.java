package dejima.server.drill;

import java.time.Duration;
import java.time.Instant;

/// What one site would have carried, hour by hour.
final class SiteLoad {
  private static final double MILLIS_PER_HOUR = Duration.ofHours(1).toMillis();

  private final Instant from;
  private final double[] requests;
  private final double[] tokens;
  private final double[] busyMillis;

  /// A load of nothing.
  ///
  /// @param from the beginning of the first hour
  /// @param hours how many follow from there
  SiteLoad(Instant from, int hours) {
    this.from = from;
    this.requests = new double[hours];
    this.tokens = new double[hours];
    this.busyMillis = new double[hours];
  }

  /// The hour that asked most of the site.
  ///
  /// @param from its beginning
  /// @param requestsPerSecond on its average
  /// @param tokensPerSecond in and out, on its average
  /// @param concurrent how many requests were under way at once, on its average: the arrivals times
  ///   the time that each took (Little's law)
  record Hour(Instant from, double requestsPerSecond, double tokensPerSecond, double concurrent) {}

  /// Adds a share of a request. What lies outside of the hours is left out.
  void add(Sighting sighting, double share) {
    long hour = Math.floorDiv(Duration.between(from, sighting.at()).toMillis(), 3_600_000L);
    if (hour >= 0 && hour < requests.length) {
      int at = (int) hour;
      requests[at] += share;
      tokens[at] += share * sighting.tokens();
      busyMillis[at] += share * sighting.millis();
    }
  }

  /// The busiest hour: the most requests under way, and of equals the most requests.
  Hour busiest() {
    int best = 0;
    for (int i = 1; i < requests.length; i++) {
      boolean busier =
          busyMillis[i] > busyMillis[best]
              || (busyMillis[i] == busyMillis[best] && requests[i] > requests[best]);
      best = busier ? i : best;
    }
    return new Hour(
        from.plus(Duration.ofHours(best)),
        requests[best] / 3_600,
        tokens[best] / 3_600,
        busyMillis[best] / MILLIS_PER_HOUR);
  }
}
