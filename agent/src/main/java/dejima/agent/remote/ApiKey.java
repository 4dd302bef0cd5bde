package dejima.agent.remote;

import dejima.agent.config.EngineSettings.KeyHeader;

/// An engine's API key and how it is shown; never printed.
///
/// @param header how the engine wants to see it
/// @param secret the key itself; empty when the engine wants none
public record ApiKey(KeyHeader header, String secret) {
  /// For an engine that wants no key.
  public static final ApiKey NONE = new ApiKey(KeyHeader.BEARER, "");

  /// Refuses what would break out of a header line.
  public ApiKey {
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("an API key has printable ASCII characters only");
    }
  }

  String name() {
    return switch (header) {
      case BEARER -> "Authorization";
      case API_KEY -> "api-key";
    };
  }

  String value() {
    return switch (header) {
      case BEARER -> "Bearer " + secret;
      case API_KEY -> secret;
    };
  }

  @Override
  public String toString() {
    return "ApiKey[…]";
  }
}
