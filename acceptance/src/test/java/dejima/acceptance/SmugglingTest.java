package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.RawConnection;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests on the wire that a proxy before the gateway could read differently than the gateway:
/// what one of them takes for a body, the other takes for the next request.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {
  private static final String OPEN = Questions.chat("steady", "in the open", false);
  private static final String HIDDEN = Questions.chat("steady", "smuggled", false);

  private final StubWorld world = new StubWorld("smuggling");
  private final StubSite site = world.domestic("steady", "steady", Script.answers());
  private Caller client = new Caller(world.gateway().url(), "");

  @BeforeAll
  void start() {
    world.start("timeouts: {idle: 2s}");
    client = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @AfterEach
  void stillAnswers() {
    client.ask("steady", "still there?").expect(200);
    assertThat(site.received()).noneMatch(body -> body.contains("smuggled"));
  }

  private String head(String path, String headers) {
    return "POST "
        + path
        + " HTTP/1.1\nHost: dejima\nContent-Type: application/json\nAuthorization: Bearer "
        + client.credential()
        + "\n"
        + headers
        + "\n\n";
  }

  /// What a proxy would have taken for more of the first body.
  private String smuggled() {
    return head("/v1/chat/completions", "Content-Length: " + HIDDEN.length()) + HIDDEN;
  }

  private static String chunked(String size) {
    return size + "\n" + OPEN + "\n0\n\n";
  }

  private String send(String text) {
    try (RawConnection raw = RawConnection.to(world.gateway().port())) {
      return raw.send(text).readToEnd();
    }
  }

  private void assertRefused(String text) {
    int before = site.received().size();

    String answer = send(text);

    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 5", "(silence)");
    assertThat(site.received()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: %1$d\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nContent-Length: 4",
        "Content-Length: %1$d\nContent-Length: %1$d",
        "Content-Length: %1$d\nContent-Length: 4",
        "Content-Length: %1$d, %1$d",
        "Content-Length: +%1$d",
        "Content-Length: -1",
        "Content-Length: 0x10",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length : %1$d",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\nTransfer-Encoding: identity",
        "Transfer-Encoding: \u000bchunked",
        "Transfer-Encoding: chunked\u0000",
        "Content-Length: %1$d\nTransfer-Encoding:\n chunked",
        "Content-Length: %1$d\nno colon",
        "Content-Length: %1$d\nX\u0001: y",
        "Content-Length: %1$d\nX: a\u0000b",
        // Codings that are not chunked at the end leave no body, so that these end as unreadable.
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding:"
      })
  void refusesLengthsThatTwoReadersTakeDifferently(String headers) {
    String framing = headers.formatted(OPEN.length());

    assertRefused(
        head("/v1/chat/completions", framing)
            + chunked(Integer.toHexString(OPEN.length()))
            + smuggled());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked",
        "Host: other\nTransfer-Encoding: chunked",
        "Authorization: Bearer other\nTransfer-Encoding: chunked",
        ": no name\nTransfer-Encoding: chunked"
      })
  void refusesHeadsThatTwoReadersTakeDifferently(String headers) {
    String request =
        head("/v1/chat/completions", headers) + chunked(Integer.toHexString(OPEN.length()));

    assertRefused(request + smuggled());
    assertThat(send(request)).contains("malformed_request");
  }

  @Test
  void refusesARequestForNoHost() {
    String request =
        head("/v1/chat/completions", "Content-Length: " + OPEN.length())
            .replace("Host: dejima\n", "");

    assertThat(send(request + OPEN)).startsWith("HTTP/1.1 400").contains("malformed_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?x=%zz", "?api-version=%", "?%", "?api-version=%00"})
  void answersAQueryThatCannotBeDecoded(String query) {
    String answer =
        send(
            head(
                    "/v1/chat/completions" + query,
                    "Connection: close\nContent-Length: " + OPEN.length())
                + OPEN);

    assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("(silence)", "HTTP/1.1 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json-seq", "application/json; charset=utf-16", "text/json"})
  void readsNothingThatIsNotJson(String type) {
    assertRefused(
        head("/v1/chat/completions", "Connection: close\nContent-Length: " + OPEN.length())
                .replace("application/json", type)
            + OPEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0x%x", "fffffffffffffffff", "1%08x", "%x;a=b\r", "", "+%x"})
  void takesNothingFromChunksThatTwoReadersTakeDifferently(String size) {
    int before = site.received().size();

    String answer =
        send(
            head("/v1/chat/completions", "Transfer-Encoding: chunked")
                + chunked(size.formatted(OPEN.length()) + (size.endsWith("\r") ? "\r" : ""))
                + smuggled());

    assertThat(answer).doesNotContain("HTTP/1.1 200", "HTTP/1.1 5", "(silence)");
    assertThat(site.received()).hasSize(before);
  }

  @Test
  void refusesLinesThatEndInABareLineFeed() {
    byte[] request =
        (head("/v1/chat/completions", "Content-Length: " + OPEN.length()) + OPEN)
            .getBytes(StandardCharsets.UTF_8);
    int before = site.received().size();
    try (RawConnection raw = RawConnection.to(world.gateway().port())) {
      assertThat(raw.send(request).readToEnd()).matches("(?s)HTTP/1\\.[01] 400 .*");
    }
    assertThat(site.received()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "confidentiality-1\u0000",
        "confidentiality-1%0d%0aDejima-Site: us-west",
        "confidentiality-1\\r\\nX: y",
        "confidentiality-1\u0085X: y",
        "confidentiality-1\u007f",
        "confidentiality-1; personal"
      })
  void letsNoDataClassBecomeAHeader(String label) {
    assertRefused(
        head(
                "/v1/chat/completions",
                "Connection: close\nDejima-Data-Class: "
                    + label
                    + "\nContent-Length: "
                    + OPEN.length())
            + OPEN);
  }

  @Test
  void breaksNoHeaderAtABareLineEnd() {
    for (String end : new String[] {"\r", "\n"}) {
      byte[] request =
          (head("/v1/chat/completions", "X: y(end)Dejima-Data-Class: c1\nContent-Length: 0")
                  .replace("\n", "\r\n")
                  .replace("(end)", end))
              .getBytes(StandardCharsets.UTF_8);
      try (RawConnection raw = RawConnection.to(world.gateway().port())) {
        assertThat(raw.send(request).readToEnd()).matches("(?s)HTTP/1\\.[01] 400 .*");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1/chat/completions",
        "/v1//chat/completions",
        "/v1/./chat/completions",
        "/v1/../v1/chat/completions",
        "/v1/%63hat/completions",
        "/v1/chat%2fcompletions",
        "/%76%31/chat/completions",
        "/v1/chat/completions%00",
        "/v1/chat/completions/",
        "/v1/chat/completions;a=b",
        "/V1/chat/completions",
        "\\v1\\chat\\completions",
        "*",
        "/openai/deployments/steady%2f..%2fx/chat/completions?api-version=1",
        "/openai/deployments/../chat/completions?api-version=1",
        "/openai/deployments/%2e%2e/chat/completions?api-version=1",
        "/openai/deployments/a/../steady/chat/completions?api-version=1",
        "/openai/deployments/steady%0d%0aX:y/chat/completions?api-version=1",
        "/openai/deployments/%ff/chat/completions?api-version=1",
        "/openai/deployments/%/chat/completions?api-version=1",
        "/openai/deployments//chat/completions?api-version=1",
        "/openai/deployments/steady/models/x?api-version=1",
        "/v1/receipts/../chat/completions",
        "/v1/receipts/%2e%2e/models",
        "/v1/receipts/rcpt_%30",
        "/v1/models/%0d%0aSet-Cookie:x"
      })
  void takesNoPathForAnother(String path) {
    assertRefused(head(path, "Connection: close\nContent-Length: " + OPEN.length()) + OPEN);
  }

  @Test
  void takesAnAbsoluteTargetForItsPathWhateverHostItNames() {
    String answer =
        send(
            head(
                    "http://evil.example/v1/../v1/chat/completions",
                    "Connection: close\nContent-Length: " + OPEN.length())
                + OPEN);

    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 20_000})
  void readsOnlySoManyHeaders(int count) {
    StringBuilder many = new StringBuilder("Connection: close");
    for (int i = 0; i < count; i++) {
      many.append("\nX-Long-Name-").append(i).append(": ").append("y".repeat(60));
    }
    try (RawConnection raw = RawConnection.to(world.gateway().port())) {
      String answer = raw.send(head("/v1/chat/completions", many.toString())).readToEnd();

      assertThat(answer).containsAnyOf("HTTP/1.1 431", "(reset)").doesNotContain(" 200 ");
    }
  }
}
