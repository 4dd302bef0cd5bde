package dejima.bench.load;

import java.time.Duration;

/// How requests are sent.
public sealed interface Load {
  /// For how long requests are started.
  ///
  /// @return the time, warm-up not included
  Duration time();

  /// Each connection sends its next request as soon as it has its answer.
  ///
  /// @param connections how many
  /// @param time for how long
  record Closed(int connections, Duration time) implements Load {
    /// Keeps the load bounded.
    public Closed {
      if (connections < 1 || connections > LARGEST || time.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "out of bounds: " + connections + " connections, " + time);
      }
    }
  }

  /// One connection on a fixed schedule. A request that cannot start on time because the one before
  /// is still open is timed from when it should have started, so a stall is not hidden by the
  /// requests that it held back.
  ///
  /// @param perSecond requests a second
  /// @param time for how long
  record Fixed(int perSecond, Duration time) implements Load {
    /// Keeps the load bounded.
    public Fixed {
      if (perSecond < 1 || perSecond > LARGEST || time.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("out of bounds: " + perSecond + "/s, " + time);
      }
    }
  }

  /// The largest number of connections, and of requests a second on a schedule.
  int LARGEST = 2_000;

  /// The longest that one load may last.
  Duration LONGEST = Duration.ofMinutes(5);
}
