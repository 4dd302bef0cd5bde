package dejima.audit.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A log that serves its files as C2SP tlog-tiles allows it to.
final class HttpLogTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  private HttpLog log() {
    return new HttpLog(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), http);
  }

  private void serve(String path, String coding, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", coding);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void readsWhatALogCompressedWithoutBeingAsked() throws IOException {
    serve("/tile/entries/000", "gzip", zipped("entries".getBytes(UTF_8)));
    serve("/checkpoint", "identity", "head".getBytes(UTF_8));

    assertThat(log().file("tile/entries/000")).hasValue("entries".getBytes(UTF_8));
    assertThat(log().file("checkpoint")).hasValue("head".getBytes(UTF_8));
    assertThat(log().file("tile/0/000")).isEmpty();
  }

  @Test
  void cannotJudgeWhatIsNotReadableOrGrowsBeyondAnyFile() throws IOException {
    serve("/br", "br", new byte[] {1});
    serve("/broken", "gzip", new byte[] {1, 2, 3});
    serve("/bomb", "gzip", zipped(new byte[(1 << 24) + 1]));

    for (String path : new String[] {"br", "broken", "bomb"}) {
      assertThatThrownBy(() -> log().file(path)).as(path).isInstanceOf(SourceUnavailable.class);
    }
  }
}
