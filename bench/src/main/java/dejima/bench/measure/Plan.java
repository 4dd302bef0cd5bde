package dejima.bench.measure;

import java.time.Duration;

/// How long and how often everything is measured.
///
/// @param rounds how often each contender has its turn, in alternation
/// @param turn how long one turn lasts
/// @param warmUp how long each contender is warmed at most for each kind of load before the first
///   round
/// @param warmAnswers after how many answers of a kind it counts as warm
/// @param coldStarts how often each contender is started anew
/// @param openStreams how many streams are held open
/// @param hold for how long they are held before memory is read
public record Plan(
    int rounds,
    Duration turn,
    Duration warmUp,
    int warmAnswers,
    int coldStarts,
    int openStreams,
    Duration hold) {
  /// Connections under load.
  public static final int CONNECTIONS = 16;

  /// Requests a second when latency is measured.
  public static final int LATENCY_RATE = 400;

  /// Streams a second when the time to the first token is measured.
  public static final int FIRST_TOKEN_RATE = 40;

  /// For figures that are published.
  public static final Plan FULL =
      new Plan(
          5,
          Duration.ofSeconds(5),
          Duration.ofSeconds(25),
          60_000,
          3,
          1_000,
          Duration.ofSeconds(10));

  /// For a first look.
  public static final Plan QUICK =
      new Plan(
          3,
          Duration.ofSeconds(2),
          Duration.ofSeconds(12),
          20_000,
          1,
          1_000,
          Duration.ofSeconds(3));
}
