package dejima.server.console;

import java.util.Locale;

/// What the gateway last saw of a site.
public enum SiteHealth {
  /// The agent answers.
  UP,
  /// The agent does not answer, or answers wrongly.
  DOWN,
  /// The circuit breaker is open: requests are kept away for a while.
  OPEN,
  /// Nobody has asked yet.
  UNKNOWN;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word in the feed: `up`, `down`, `open` or `unknown`.
  public String word() {
    return word;
  }
}
