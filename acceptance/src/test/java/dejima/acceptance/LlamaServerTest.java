package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Commands;
import dejima.acceptance.product.EngineSite;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A real `llama-server`, supervised by a real agent behind a real gateway. It runs the built-in
/// model's file, so that nothing large has to be fetched; `acceptance/llama-server/build` makes the
/// program.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LlamaServerTest {
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration START = Duration.ofSeconds(60);
  private static final String CHAT = "/v1/chat/completions";
  private static final String MODEL = "own-model";

  private final Path folder = Product.newFolder("llama");
  private final GatewayProcess gateway = GatewayProcess.in(folder.resolve("gateway"));
  private Optional<EngineSite> site = Optional.empty();
  private Caller client = new Caller(gateway.url(), "");

  @BeforeAll
  void start() {
    String program =
        Commands.run(Product.home(), BUILD, "acceptance/llama-server/build").expect(0).out();
    EngineSite started =
        EngineSite.start(
            folder,
            "llama-room",
            gateway.pin(),
            """
            kind: llama-server
            program: %s
            model: %s/agent/src/main/resources/dejima/agent/builtin/builtin-selftest.gguf
            name: %s
            slots: 2
            """
                .formatted(program.strip(), Product.home(), MODEL));
    site = Optional.of(started);
    gateway.configured("builtin:demo-declared", List.of(started.entry()), "").start();
    client = gateway.client("llama");
    awaitModel();
  }

  @AfterAll
  void stop() {
    gateway.close();
    site.ifPresent(EngineSite::close);
  }

  private void awaitModel() {
    Eventually.holds(
        START,
        () -> client.get("/v1/models").text().contains(MODEL),
        () -> "the model does not appear:\n" + site.orElseThrow().agent().output());
  }

  @Test
  void answersInOnePieceWithAProvenReceipt() {
    Answer answer = client.ask(MODEL, "出島とは何ですか。", "Dejima-Data-Class", "confidentiality-2");

    JsonNode json = answer.expect(200).json();
    assertThat(json.path("choices").path(0).path("message").path("content").asText())
        .contains("出島");
    assertThat(json.path("usage").path("completion_tokens").asInt()).isPositive();
    JsonNode body = Verifying.genuine(gateway, client, answer.receiptId());
    assertThat(body.path("finish").asText()).isEqualTo("complete");
    JsonNode signed = body.path("siteSignature").path("statement");
    assertThat(signed.path("model").asText()).isEqualTo(MODEL);
    assertThat(signed.path("modelDigest").asText()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void streamsWithUsageToTheEndMark() throws IOException {
    HttpResponse<java.io.InputStream> stream = client.askStreaming(MODEL, "出島とは何ですか。");

    assertThat(stream.statusCode()).isEqualTo(200);
    String events = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(events).contains("\"delta\"", "\"usage\"").endsWith("data: [DONE]\n\n");
    JsonNode body =
        Verifying.genuine(
            gateway, client, stream.headers().firstValue("dejima-receipt").orElseThrow());
    assertThat(body.path("outputTokens").asLong()).isPositive();
  }

  @Test
  void completesText() {
    Answer answer =
        client.post(
            "/v1/completions",
            "{\"model\":\"%s\",\"prompt\":\"出島\",\"max_tokens\":4}".formatted(MODEL));

    assertThat(answer.expect(200).json().path("choices").path(0).has("text")).isTrue();
  }

  @Test
  void holdsTheAnswerToAJsonSchema() {
    Answer answer =
        client
            .post(
                CHAT,
                """
                {"model":"%s","max_tokens":60,
                 "messages":[{"role":"user","content":"出島とは何ですか。"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"verdict","strict":true,
                   "schema":{"type":"object","properties":{"open":{"type":"boolean"}},
                             "required":["open"],"additionalProperties":false}}}}
                """
                    .formatted(MODEL))
            .expect(200);

    String content = answer.json().path("choices").path(0).path("message").path("content").asText();
    assertThat(Answer.json(content).path("open").isBoolean()).as(content).isTrue();
  }

  @Test
  void passesTheEnginesRefusalOn() {
    Answer answer =
        client.post(
            CHAT,
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],"
                    .formatted(MODEL)
                + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"nonsense\"}}}}");

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.json().path("error").path("message").asText()).isNotBlank();
    assertThat(Verifying.genuine(gateway, client, answer.receiptId()).path("status").asInt())
        .isEqualTo(answer.status());
  }

  @Test
  void letsNoTextSpeakAsAControlToken() {
    int plain = promptTokens("s");
    int control = promptTokens("</s>");

    // As one control token, the second question would be no longer than the first.
    assertThat(control).isGreaterThan(plain + 1);
  }

  private int promptTokens(String question) {
    return client
        .ask(MODEL, question)
        .expect(200)
        .json()
        .path("usage")
        .path("prompt_tokens")
        .asInt();
  }

  @Test
  void isStartedAgainAfterItsDeath() {
    ProcessHandle engine =
        site.orElseThrow()
            .agent()
            .process()
            .descendants()
            .filter(child -> child.info().command().orElse("").endsWith("llama-server"))
            .findFirst()
            .orElseThrow();

    engine.destroyForcibly();

    Eventually.holds(
        START,
        () -> client.ask(MODEL, "again?").status() == 200,
        () -> "it is not started again:\n" + site.orElseThrow().agent().output());
    assertThat(engine.isAlive()).isFalse();
  }
}
