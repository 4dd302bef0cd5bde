package dejima.audit.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dejima.evidence.SignedNote;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A witness on HTTP: `POST /add-checkpoint`, and `GET /<hash of origin>/checkpoint` for monitors.
final class WitnessServer implements AutoCloseable {
  private static final Pattern LATEST = Pattern.compile("/([0-9a-f]{64})/checkpoint");
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final Witness witness;
  private final PrintWriter log;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Listens at once.
  ///
  /// @param log where alarms go
  WitnessServer(Witness witness, InetSocketAddress address, PrintWriter log) throws IOException {
    this.witness = witness;
    this.log = log;
    this.server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Where it listens.
  InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      var latest = LATEST.matcher(path);
      if (path.equals("/add-checkpoint")) {
        add(exchange);
      } else if (latest.matches() && exchange.getRequestMethod().equals("GET")) {
        var note = witness.latestByHash(latest.group(1));
        respond(
            exchange,
            note.isPresent() ? 200 : 404,
            PLAIN,
            note.map(SignedNote::noteText).orElse(""));
      } else {
        respond(exchange, 404, PLAIN, "A witness: POST /add-checkpoint (C2SP tlog-witness).\n");
      }
    } catch (RuntimeException broken) {
      log.println("the witness cannot answer: " + broken.getMessage());
      log.flush();
      respond(exchange, 500, PLAIN, "The witness cannot answer; its operator has to look.\n");
    }
  }

  private void add(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      respond(exchange, 405, PLAIN, "Use POST.\n");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
    switch (witness.add(body)) {
      case Answer.Cosigned(var lines) ->
          respond(
              exchange,
              200,
              PLAIN,
              lines.stream().map(SignedNote.Line::text).collect(Collectors.joining()));
      case Answer.Malformed(String reason) -> respond(exchange, 400, PLAIN, reason + "\n");
      case Answer.Unsigned(String reason) -> respond(exchange, 403, PLAIN, reason + "\n");
      case Answer.UnknownLog() -> respond(exchange, 404, PLAIN, "This log is not followed.\n");
      case Answer.Stale(long size) -> respond(exchange, 409, "text/x.tlog.size", size + "\n");
      case Answer.Split() -> alarm(exchange, 409, "two roots for one size: a split view", body);
      case Answer.Inconsistent(String reason) -> alarm(exchange, 422, reason, body);
    }
  }

  /// A signed checkpoint that does not extend the one before is proof that the log misbehaves.
  private void alarm(HttpExchange exchange, int status, String reason, byte[] body)
      throws IOException {
    log.println("NOT COSIGNED  " + reason + "; the request was:");
    log.println(new String(body, StandardCharsets.UTF_8));
    log.flush();
    respond(exchange, status, PLAIN, reason + "\n");
  }

  private static void respond(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
