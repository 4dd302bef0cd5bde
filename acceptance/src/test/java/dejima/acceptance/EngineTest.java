package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.RunningProcess;
import dejima.acceptance.product.SiteEntry;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.StubEngine;
import dejima.agent.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
  private Optional<RunningProcess> agent = Optional.empty();
  private Caller client = new Caller(gateway.url(), "");

  @BeforeAll
  void start() throws IOException {
    int port = FreePorts.take(1).getFirst();
    Files.writeString(folder.resolve("engine.key"), "engine-secret\n");
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        site: own-room
        operator: Own K.K.
        country: JP
        control: domestic
        listen: 127.0.0.1:%d
        identity: identity
        gateways: [%s]
        engine:
          kind: openai
          url: %s
          keyFile: engine.key
        """
            .formatted(port, gateway.pin(), engine.url()));
    String pin =
        TlsIdentity.inDirectory(folder.resolve("identity"), "own-room", InstantSource.system())
            .pin()
            .text();
    RunningProcess started = Product.start(folder, "agent");
    agent = Optional.of(started);
    started.awaitLine("ready", START);
    gateway
        .configured(
            "builtin:demo-declared",
            List.of(new SiteEntry("own-room", "JP", "domestic", "", port, pin)),
            "")
        .start();
    client = gateway.client("engine");
    Eventually.holds(
        START,
        () -> client.get("/v1/models").text().contains("plain"),
        () -> "the engine's models do not appear:\n" + started.output());
  }

  @AfterAll
  void stop() {
    gateway.close();
    agent.ifPresent(RunningProcess::close);
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
