package dejima.server.config;

/// A host and port to listen on or connect to.
///
/// @param host a name or address
/// @param port from 0 to 65535; 0 lets the system choose
public record Address(String host, int port) {
  /// Reads `host:port` or `[v6]:port`.
  ///
  /// @throws IllegalArgumentException saying what an address looks like
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("must be host:port, such as 127.0.0.1:8080");
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new Address(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
