package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.EngineSite;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.StubEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A real agent before somebody else's engine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineTest {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String CHAT = "/v1/chat/completions";

  private final Path folder = Product.newFolder("engine");
  private final GatewayProcess gateway = GatewayProcess.in(folder.resolve("gateway"));
  private final StubEngine abroad = new StubEngine("http://127.0.0.1:1/");
  private final StubEngine engine = new StubEngine(abroad.url() + CHAT);
  private Optional<EngineSite> site = Optional.empty();
  private Caller client = new Caller(gateway.url(), "");

  @BeforeAll
  void start() throws IOException {
    Files.writeString(folder.resolve("engine.key"), "engine-secret\n");
    EngineSite started =
        EngineSite.start(
            folder,
            "own-room",
            gateway.pin(),
            "kind: openai\nurl: " + engine.url() + "\nkeyFile: engine.key");
    site = Optional.of(started);
    gateway.configured("builtin:demo-declared", List.of(started.entry()), "").start();
    client = gateway.client("engine");
    Eventually.holds(
        START,
        () -> client.get("/v1/models").text().contains("plain"),
        () -> "the engine's models do not appear:\n" + started.agent().output());
  }

  @AfterAll
  void stop() {
    gateway.close();
    site.ifPresent(EngineSite::close);
    engine.close();
    abroad.close();
  }

  @Test
  void passesBytesUnchangedBothWays() {
    String odd =
        "{ \"messages\":[{\"role\":\"user\",\"content\":\"\\u51fa 島 \\/ \"}],\n\t\"zz\":1.50,"
            + "\"temperature\":1e0, \"model\" : \"plain\" , \"nested\":{\"a\":[null,true]} }\n";

    Answer answer = client.post(CHAT, odd).expect(200);

    assertThat(engine.bodies()).contains(odd);
    assertThat(answer.text()).isEqualTo(engine.answer());
    Verifying.genuine(gateway, client, answer.receiptId());
  }

  @Test
  void isNeverLedElsewhereByAnEngine() {
    Answer answer = client.ask("away", "canary-abroad");

    assertThat(answer.status()).isBetween(500, 599);
    assertThat(abroad.bodies()).isEmpty();
    assertThat(abroad.keys()).isEmpty();
  }

  @Test
  void turnsAFailingEngineIntoAnErrorOfTheDialect() {
    Answer answer = client.ask("fails", "q");

    assertThat(answer.status()).isBetween(500, 599);
    assertThat(answer.json().path("error").path("message").asText()).isNotBlank();
  }

  @Test
  void showsTheEngineItsOwnKeyAndNeverTheClients() {
    client.ask("plain", "whose key?").expect(200);

    assertThat(engine.keys()).containsOnly("Bearer engine-secret");
  }
}
