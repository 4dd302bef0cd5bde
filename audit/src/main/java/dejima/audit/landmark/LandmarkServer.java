package dejima.audit.landmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dejima.evidence.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The landmark's two HTTP operations: its statement, and measuring. Requests and answers are
/// signed, so that a proxy before it can change nothing.
final class LandmarkServer implements AutoCloseable {
  static final String STATEMENT = "/dejima/v1/landmark";
  static final String MEASURE = "/dejima/v1/measure";

  private static final int LONGEST = 16 * 1024;
  private static final int WAITING = 64;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final MeasuringDesk desk;

  private LandmarkServer(HttpServer server, MeasuringDesk desk) {
    this.server = server;
    this.desk = desk;
  }

  /// Listens.
  ///
  /// @throws LandmarkUnusable if nothing can listen there
  static LandmarkServer at(InetSocketAddress address, MeasuringDesk desk) {
    try {
      LandmarkServer server = new LandmarkServer(HttpServer.create(address, WAITING), desk);
      server.server.setExecutor(server.threads);
      server.server.createContext("/", server::handle);
      server.server.start();
      return server;
    } catch (IOException refused) {
      throw new LandmarkUnusable(
          "nothing can listen on "
              + address
              + " ("
              + refused.getMessage()
              + "); change listen in "
              + LandmarkFolder.SETTINGS,
          refused);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String wanted = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (wanted) {
        case "GET " + STATEMENT -> send(exchange, 200, desk.statement().json());
        case "POST " + MEASURE -> measure(exchange);
        default ->
            refuse(
                exchange,
                new Refused(404, "a landmark knows GET " + STATEMENT + " and POST " + MEASURE));
      }
    }
  }

  private void measure(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      refuse(exchange, new Refused(413, "the request is longer than 16 KiB"));
      return;
    }
    switch (desk.measure(body)) {
      case MeasuringDesk.Answer.Measured(var answer) -> send(exchange, 200, answer.json());
      case MeasuringDesk.Answer.No(Refused why) -> refuse(exchange, why);
    }
  }

  /// An error in the form of RFC 9457.
  private static void refuse(HttpExchange exchange, Refused why) throws IOException {
    send(
        exchange,
        why.status(),
        Json.object().put("status", why.status()).put("detail", why.reason()).build());
  }

  private static void send(HttpExchange exchange, int status, Json.Obj body) throws IOException {
    byte[] bytes = body.canonicalBytes();
    exchange
        .getResponseHeaders()
        .set("Content-Type", status == 200 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
