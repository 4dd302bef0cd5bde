package dejima.agent.config;

import java.time.Duration;

/// How much is taken at once and how long anything may last.
///
/// @param concurrent answers under way at the same time; one more is refused with 429
/// @param bodyBytes longest request body
/// @param receive within which a request has arrived completely
/// @param stall how long a gateway may leave an answer unread
/// @param drain how long a stopping agent waits for open answers
public record Limits(
    int concurrent, long bodyBytes, Duration receive, Duration stall, Duration drain) {
  /// What holds when nothing is written.
  public static final Limits USUAL =
      new Limits(
          8, 32L << 20, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));

  /// Refuses limits that would let nothing through.
  public Limits {
    if (concurrent < 1 || bodyBytes < 1) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
  }
}
