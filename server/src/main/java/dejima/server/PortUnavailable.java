package dejima.server;

import dejima.server.config.ServerConfig;

/// A listener cannot be opened, most often because its port is in use.
public final class PortUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortUnavailable(ServerConfig config, Throwable cause) {
    super(
        "Cannot listen on "
            + config.gateway()
            + " or "
            + config.admin()
            + ": "
            + root(cause)
            + ". Stop the other program, or change 'listen' or 'admin'.",
        cause);
  }

  private static String root(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
