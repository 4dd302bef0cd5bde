package dejima.acceptance.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An OpenAI-compatible engine in this JVM: model `plain` answers, `away` redirects, `fails` fails.
public final class StubEngine implements AutoCloseable {
  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"plain\",\"object\":\"model\"},"
          + "{\"id\":\"away\",\"object\":\"model\"},{\"id\":\"fails\",\"object\":\"model\"}]}";

  private final HttpServer server;
  private final String elsewhere;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();

  /// @param elsewhere where `away` redirects to
  public StubEngine(String elsewhere) {
    this.elsewhere = elsewhere;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      if (exchange.getRequestURI().getPath().endsWith("/models")) {
        send(exchange, 200, MODELS);
        return;
      }
      bodies.add(body);
      if (body.contains("away")) {
        exchange.getResponseHeaders().set("Location", elsewhere);
        send(exchange, 307, "");
      } else if (body.contains("fails")) {
        send(exchange, 500, "{\"error\":{\"message\":\"out of memory at 0xdead\"}}");
      } else {
        send(exchange, 200, answer());
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// The bytes of every answer of `plain`, with spacing and fields that no parser would keep.
  public String answer() {
    return """
    { "choices" : [ {"index":0, "message":{"role":"assistant","content":"\\u51fa島"},\t"finish_reason":"stop"} ],
      "x_unknown" : 1.50, "id":"e1","object":"chat.completion","created":1,"model":"plain",
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2} }

    """;
  }

  /// Its address.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The bodies that came.
  public List<String> bodies() {
    return bodies;
  }

  /// The `Authorization` headers that came.
  public List<String> keys() {
    return keys;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
