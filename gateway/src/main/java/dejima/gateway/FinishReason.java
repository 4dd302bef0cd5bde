package dejima.gateway;

import java.util.Locale;

/// How an inference request ended, as its outcome entry records it.
public enum FinishReason {
  /// The engine's answer reached the client whole.
  COMPLETE,
  /// The site broke off after the first byte had gone to the client.
  TRUNCATED,
  /// The client went away first.
  CANCELLED,
  /// No site answered.
  FAILED;

  /// The word in the entry.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
