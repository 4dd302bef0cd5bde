package dejima.server.config;

import java.util.List;

/// A configuration cannot be used; the message lists every mistake.
public final class InvalidConfig extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param file how messages call the configuration
  public InvalidConfig(String file, List<String> mistakes) {
    super(file + " has " + mistakes.size() + " mistake(s):\n  " + String.join("\n  ", mistakes));
  }
}
