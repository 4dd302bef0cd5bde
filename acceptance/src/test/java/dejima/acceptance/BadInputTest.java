package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.RawConnection;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad input of every kind: a clear error in the client's dialect, nothing sent, and the gateway
/// goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final int IDLE_SECONDS = 2;

  private final StubWorld world = new StubWorld("bad-input");
  private final StubSite steady = world.domestic("steady", "steady", Script.answers());
  private final GatewayProcess gateway = world.gateway();
  private Caller client = new Caller(gateway.url(), "");

  @BeforeAll
  void start() {
    world.start(
        "timeouts: {idle: %ds}\nlimits: {maxBodyBytes: 1048576, connections: 200}"
            .formatted(IDLE_SECONDS));
    client = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @AfterEach
  void stillAnswers() {
    client.ask("steady", "still there?").expect(200);
    assertThat(steady.received()).allMatch(body -> body.contains("still there?"));
  }

  private static void assertOpenAiError(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode error = answer.json().path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).hasSizeGreaterThan(15);
    assertThat(error.has("type")).isTrue();
    assertThat(error.has("param")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "nonsense",
        "[]",
        "null",
        "\"text\"",
        "42",
        "{\"model\":\"steady\",}",
        "{\"model\":\"steady\"}trailing",
        "{'model':'steady'}",
        "{\"model\":\"steady\",\"messages\":[",
        "{\"model\":\"steady\",\"x\":NaN}",
        "{\"model\":\"steady\",\"x\":01}",
        "{\"model\":\"a\",\"model\":\"steady\",\"messages\":[]}",
        "{\"model\":42,\"messages\":[]}",
        "{\"model\":[\"steady\"],\"messages\":[]}",
        "{\"model\":\"steady\",\"stream\":\"yes\",\"messages\":[]}",
        "{\"model\":\"steady\",\"bad\":\"\\ud800\\x\"}"
      })
  void refusesABodyThatIsNotARequest(String body) {
    assertOpenAiError(client.post(CHAT, body), 400, "invalid_body");
  }

  @Test
  void asksForAModel() {
    assertOpenAiError(client.post(CHAT, "{\"messages\":[]}"), 400, "missing_model");
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] body = Questions.chat("steady", "X", false).getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < body.length; i++) {
      if (body[i] == 'X') {
        body[i] = (byte) 0xff;
      }
    }

    assertOpenAiError(client.post(CHAT, body), 400, "invalid_body");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"model\":\"steady\",\"x\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";

    assertOpenAiError(client.post(CHAT, deep), 400, "invalid_body");
  }

  @Test
  void refusesAHundredMegabytesWithoutReadingThem() {
    try (RawConnection raw = RawConnection.to(gateway.port())) {
      raw.send(head("Content-Length: 104857600")).send(new byte[65_536]);

      assertThat(raw.send("").readUntil("request_too_large")).contains("413");
    }
  }

  @Test
  void refusesAHundredMegabytesInChunks() {
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) ' ');
    try (RawConnection raw = RawConnection.to(gateway.port())) {
      raw.send(head("Transfer-Encoding: chunked"));
      for (int i = 0; i < 100; i++) {
        raw.send("100000\n").send(chunk).send("\n");
      }
      raw.send("0\n\n");

      assertThat(raw.readUntil("request_too_large")).contains("413");
    }
  }

  private String head(String more) {
    return "POST /v1/chat/completions HTTP/1.1\nHost: dejima\nAuthorization: Bearer "
        + client.credential()
        + "\nContent-Type: application/json\n"
        + more
        + "\n\n";
  }

  @Test
  void refusesAnotherContentTypeAndEncodedBodies() {
    assertOpenAiError(
        new Caller(gateway.url(), client.credential()).postTyped(CHAT, "text/plain", "{}"),
        415,
        "unsupported_media_type");
  }

  @Test
  void refusesAnUnknownModelAndPathInEachDialectsWords() {
    assertOpenAiError(client.ask("no-such", "q"), 404, "model_not_found");
    assertOpenAiError(client.post("/v1/images/generations", "{}"), 404, "unknown_path");
    assertOpenAiError(
        client.post(
            "/openai/deployments/no-such/chat/completions?api-version=2024-10-21",
            Questions.chat("x", "q", false)),
        404,
        "DeploymentNotFound");
    assertOpenAiError(
        client.post("/openai/deployments/steady/chat/completions", "{}"),
        400,
        "MissingApiVersionParameter");
    assertOpenAiError(client.get(CHAT), 405, "method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "confidentiality-9", "confidentiality-1;personal", "c1 c2", ","})
  void refusesALabelThatItCannotRead(String label) {
    assertOpenAiError(
        client.ask("steady", "q", "Dejima-Data-Class", label), 400, "invalid_data_class");
  }

  @Test
  void refusesTwoLabelsOrTakesBoth() {
    Answer answer =
        client.ask(
            "steady",
            "q",
            "Dejima-Data-Class",
            "confidentiality-1",
            "Dejima-Data-Class",
            "my-number");

    assertThat(answer.status()).isIn(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dejima-Data-Class: confidentiality-1\u0000",
        "Dejima-Receipt: rcpt_00000000000000000000000000\nDejima-Attempt: 7",
        "Bad Header Name: x",
        " folded: x",
        "Content-Length: 5\nContent-Length: 6",
        "Content-Length: -1",
        "Transfer-Encoding: chunked\nContent-Length: 5",
        "Expect: something-else"
      })
  void survivesForgedHeaders(String header) {
    String body = Questions.chat("steady", "still there?", false);
    boolean framed = header.contains("Content-Length") || header.contains("Transfer");
    try (RawConnection raw = RawConnection.to(gateway.port())) {
      raw.send(
          head(
                  "Connection: close\n"
                      + header
                      + (framed ? "" : "\nContent-Length: " + body.length()))
              + body);

      assertThat(raw.readToEnd()).doesNotContain("rcpt_00000000000000000000000000");
    }
  }

  @Test
  void refusesHeadersWithoutEnd() {
    try (RawConnection raw = RawConnection.to(gateway.port())) {
      raw.send("GET /v1/models HTTP/1.1\nHost: dejima\nX: " + "x".repeat(70_000) + "\n\n");

      assertThat(raw.readToEnd()).containsAnyOf("431", "400", "(reset)");
    }
  }

  @Test
  void readsNoFileOutsideTheLog() {
    for (String path :
        new String[] {
          "/log/../evidence.key",
          "/log/%2e%2e/%2e%2e/evidence.key",
          "/log/tile/../../../evidence.key",
          "/log/..%2f..%2fadmin.token"
        }) {
      try (RawConnection raw = RawConnection.to(gateway.port())) {
        raw.send("GET " + path + " HTTP/1.1\nHost: dejima\nConnection: close\n\n");

        assertThat(raw.readToEnd()).contains(" 404 ").doesNotContain("PRIVATE");
      }
    }
  }

  @Test
  void closesConnectionsThatHoldAPlaceWithoutAsking() {
    long since = System.nanoTime();
    try (RawConnection silent = RawConnection.to(gateway.port());
        RawConnection slowHead = RawConnection.to(gateway.port());
        RawConnection slowBody = RawConnection.to(gateway.port())) {
      slowHead.send("POST /v1/chat/completions HTTP/1.1\nHost: d");
      slowBody.send(head("Content-Length: 5000")).send("{\"model\":");

      assertThat(silent.readToEnd()).isEmpty();
      assertThat(slowHead.readToEnd()).doesNotContain("(silence)");
      assertThat(slowBody.readUntil("request_timeout")).contains("408");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - since))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(IDLE_SECONDS * 10));
  }

  @Test
  void survivesNoise() {
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[ThreadLocalRandom.current().nextInt(1, 4_000)];
      ThreadLocalRandom.current().nextBytes(noise);
      try (RawConnection raw = RawConnection.to(gateway.port())) {
        raw.send(noise).send("\n\n");
      }
    }
    Answer health = new Caller(gateway.url(), "").get("/healthz");
    assertThat(health.status()).isEqualTo(200);
  }
}
