package dejima.bench.load;

import java.util.Map;

/// Where a contender listens on loopback, over plain HTTP/1.1, and what it wants in each request's
/// head.
///
/// @param port the port on 127.0.0.1
/// @param headers further request headers, such as a key
public record Target(int port, Map<String, String> headers) {
  /// Keeps its own copy of the headers.
  public Target {
    headers = Map.copyOf(headers);
  }
}
