package dejima.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads on real sockets, each followed by bytes that would be a request of their own.
final class StrictHeadTest {
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\nHost: d\nConnection: close\n\n";
  private static final String HOST = "Host: d\n";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger passed = new AtomicInteger();
  private int port;

  @BeforeEach
  void listen() {
    port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setHttp2ClearTextEnabled(false))
            .invalidRequestHandler(StrictHead::unreadable)
            .requestHandler(this::handle)
            .listen()
            .await()
            .actualPort();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void handle(HttpServerRequest request) {
    Optional<Problem> fault = StrictHead.fault(request);
    if (fault.isPresent()) {
      StrictHead.refuse(request, fault.get());
    } else {
      passed.incrementAndGet();
      request.response().end("passed");
    }
  }

  /// Everything that comes until the server closes.
  private String send(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write((head + "\n" + SMUGGLED).replace("\n", "\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private void assertRefused(String head, int status) throws IOException {
    String answer = send(head);

    assertThat(answer)
        .matches("(?s)HTTP/1\\.[01] " + status + " .*")
        .contains("\"code\":\"malformed_request\"", "\"type\":\"invalid_request_error\"");
    assertThat(answer.split("HTTP/1\\.[01] [0-9]", -1)).hasSize(2);
    assertThat(passed).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "xchunked",
        "chunked;q=1",
        "\"chunked\"",
        "identity, chunked",
        "gzip, chunked",
        "chunked, chunked",
        "chunked, identity",
        "chunked\nTransfer-Encoding: identity",
        "chunked\nTransfer-Encoding: chunked",
        "chunked\nContent-Length: 3"
      })
  void refusesCodingsThatServersReadDifferently(String coding) throws IOException {
    assertRefused("POST /v1/x HTTP/1.1\n" + HOST + "Transfer-Encoding: " + coding + "\n", 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: d\nHost: e\n",
        "Host: d\n: nameless\n",
        "Host: d\nno colon\n",
        "Host: d\nAuthorization: Bearer a\nAuthorization: Bearer b\n",
        "Host: d\nX : space\n",
        "Host: d\nX: a\u0000b\n",
        "Host: d\nContent-Length: 3\nContent-Length: 4\n",
        "Host: d\nContent-Length: +3\n"
      })
  void refusesHeadersThatServersReadDifferently(String headers) throws IOException {
    assertRefused("POST /v1/x HTTP/1.1\n" + headers, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/\u0000", "/v1/\u00ff", "/openai/x?\u0001"})
  void refusesTargetsThatAreNotPercentEncoded(String target) throws IOException {
    assertRefused("POST " + target + " HTTP/1.1\n" + HOST, 400);
  }

  @ParameterizedTest
  @CsvSource({"5000, 10, 414", "10, 9000, 431"})
  void saysWhatIsTooLong(int target, int header, int status) throws IOException {
    assertRefused(
        "GET /" + "a".repeat(target) + " HTTP/1.1\n" + HOST + "X: " + "b".repeat(header) + "\n",
        status);
  }

  @Test
  void letsOrdinaryHeadsPass() throws IOException {
    String answer =
        send(
            "GET /v1/models/a%20b?x=%E5%87%BA HTTP/1.1\n"
                + HOST
                + "Transfer-Encoding: Chunked\n\n0\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("passed");
    assertThat(passed).hasValue(2);
  }
}
