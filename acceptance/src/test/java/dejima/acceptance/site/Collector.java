package dejima.acceptance.site;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An OpenTelemetry collector in this JVM: it takes OTLP over HTTP, reads the protobuf messages of
/// `opentelemetry/proto/trace/v1` and keeps the spans.
public final class Collector implements AutoCloseable {
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int RESOURCE = 1;

  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();

  /// Listens on a free loopback port.
  public Collector() {
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
      byte[] body = exchange.getRequestBody().readAllBytes();
      paths.add(
          exchange.getRequestURI().getPath()
              + " "
              + exchange.getRequestHeaders().getFirst("Content-Type"));
      keep(body);
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void keep(byte[] body) throws InvalidProtocolBufferException {
    for (var resourceSpans : messages(UnknownFieldSet.parseFrom(body), RESOURCE_SPANS)) {
      var resource = messages(resourceSpans, RESOURCE).getFirst();
      for (var scopeSpans : messages(resourceSpans, SCOPE_SPANS)) {
        for (var span : messages(scopeSpans, SPANS)) {
          spans.add(ReceivedSpan.of(span, resource));
        }
      }
    }
  }

  /// The messages in a repeated field.
  static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(bytes -> {
          try {
            return UnknownFieldSet.parseFrom(bytes);
          } catch (InvalidProtocolBufferException malformed) {
            throw new UncheckedIOException(malformed);
          }
        })
        .toList();
  }

  /// Its address, as `telemetry.otlp` takes it.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The spans that came.
  public List<ReceivedSpan> spans() {
    return spans;
  }

  /// Path and content type of everything that came.
  public List<String> paths() {
    return paths;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
