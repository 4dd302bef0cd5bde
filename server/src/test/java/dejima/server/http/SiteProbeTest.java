package dejima.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.PinnedTrust;
import dejima.agent.TlsIdentity;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.SiteDeclaration;
import dejima.gateway.SiteStanding;
import dejima.gateway.SiteState;
import dejima.residency.Control;
import dejima.residency.EvidenceLevel;
import dejima.server.Specimen;
import dejima.server.config.ServerConfig.SiteConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the gateway makes of a site's status, over a real connection to a stub site.
@Timeout(60)
final class SiteProbeTest {
  private static final long NOW = Specimen.CLOCK.millis();
  private static final SiteDeclaration TRUE_ONE =
      new SiteDeclaration("s1", "operator", "JP", "domestic", "", NOW);

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final EvidenceLog log = Specimen.log();
  private StubSite stub;
  private SiteConnection site;
  private SiteProbe probe;

  @BeforeEach
  void connect() {
    stub = new StubSite(vertx, directory.resolve("site"), "s1");
    site = SiteConnection.resolve(config(), Statements.desk(log, directory), Specimen.CLOCK);
    HttpClientAgent client = client();
    probe = new SiteProbe(site, _ -> client);
  }

  @AfterEach
  void close() {
    vertx.close().await();
    log.close();
  }

  private SiteConfig config() {
    return new SiteConfig(
        Specimen.facts("s1", "JP", Control.DOMESTIC),
        "",
        "127.0.0.1",
        stub.port(),
        stub.identity().pin());
  }

  private HttpClientAgent client() {
    TlsIdentity gateway =
        TlsIdentity.inDirectory(directory.resolve("gateway"), "gateway", Specimen.CLOCK);
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(false)
            .setKeyCertOptions(gateway.options())
            .setTrustOptions(PinnedTrust.in(stub.identity().pin()).options()));
  }

  private SiteState ask() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    vertx.runOnContext(_ -> probe.ask().onComplete(_ -> asked.complete(null)));
    asked.get(20, TimeUnit.SECONDS);
    return site.state();
  }

  private static Json.Members status() {
    return Json.object()
        .put("v", 1)
        .put("engine", Json.object().put("name", "stub").build())
        .put("models", Json.array(List.of(Json.object().put("id", "m").build())));
  }

  private void says(SiteDeclaration said, TlsIdentity signer) {
    String signature = Base64.getEncoder().encodeToString(signer.sign(said.canonicalBytes()));
    answers(status().put("statement", said.json()).put("signature", signature).build());
  }

  private void answers(Json.Obj status) {
    stub.does(request -> request.response().end(Buffer.buffer(status.canonicalBytes())));
  }

  private void recorded(int entries) {
    assertThat(log.head().size()).isEqualTo(entries);
  }

  @Test
  void believesASiteThatSignsWhatIsConfigured() throws Exception {
    says(TRUE_ONE, stub.identity());

    SiteState state = ask();

    assertThat(state.standing()).isEqualTo(new SiteStanding.Declared(Specimen.CLOCK.instant()));
    assertThat(state.health()).isEqualTo(SiteState.Health.UP);
    recorded(1);
  }

  @Test
  void recordsAStatementOnceAndNotEachSecond() throws Exception {
    says(TRUE_ONE, stub.identity());
    ask();
    recorded(1);
    ask();
    HttpClientAgent client = client();
    probe =
        new SiteProbe(
            SiteConnection.resolve(config(), Statements.desk(log, directory), Specimen.CLOCK),
            _ -> client);
    ask();

    assertThat(log.head().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "s2, operator, JP, domestic, '', id",
    "s1, another, JP, domestic, '', operator",
    "s1, operator, US, domestic, '', country",
    "s1, operator, JP, foreign, '', control",
    "s1, operator, JP, unknown, '', control",
    "s1, operator, JP, domestic, GlobalStandard, sku",
  })
  void sendsNothingToASiteThatSaysSomethingElse(
      String id, String operator, String country, String control, String sku, String field)
      throws Exception {
    says(new SiteDeclaration(id, operator, country, control, sku, NOW), stub.identity());

    SiteState state = ask();

    assertThat(state.standing().word()).isEqualTo("contradicted");
    assertThat(state.standing().fault().en()).startsWith(field + " is configured as");
    assertThat(state.facts().evidence()).isEqualTo(EvidenceLevel.CONTRADICTED);
    recorded(1);
  }

  @Test
  void takesAForeignSignatureForAContradiction() throws Exception {
    says(TRUE_ONE, TlsIdentity.inDirectory(directory.resolve("x"), "x", Specimen.CLOCK));

    assertThat(ask().standing().word()).isEqualTo("contradicted");
  }

  @Test
  void takesAnUnreadableStatementForAContradiction() throws Exception {
    answers(status().put("statement", Json.object().put("v", 9).build()).build());

    assertThat(ask().standing().word()).isEqualTo("contradicted");
  }

  @Test
  void leavesASiteUndeclaredWhoseStatementIsMissingStaleOrAhead() throws Exception {
    answers(status().build());
    assertThat(ask().standing().fault().en()).contains("no signed statement");

    says(at(NOW - Duration.ofDays(91).toMillis()), stub.identity());
    assertThat(ask().standing().fault().en()).contains("older than 90 days");

    says(at(NOW + Duration.ofHours(1).toMillis()), stub.identity());
    SiteState state = ask();
    assertThat(state.standing().fault().en()).contains("in the future");
    assertThat(state.facts().evidence()).isEqualTo(EvidenceLevel.E0);
    assertThat(state.health()).isEqualTo(SiteState.Health.UP);
  }

  private static SiteDeclaration at(long issued) {
    return new SiteDeclaration("s1", "operator", "JP", "domestic", "", issued);
  }

  @Test
  void letsASiteBackInWhenItAgreesAgain() throws Exception {
    says(new SiteDeclaration("s1", "operator", "US", "domestic", "", NOW), stub.identity());
    ask();
    says(TRUE_ONE, stub.identity());

    assertThat(ask().facts().evidence()).isEqualTo(EvidenceLevel.E0);
  }

  @Test
  void readsNoStatusWithoutEnd() throws Exception {
    stub.does(request -> {
      request.response().setChunked(true);
      pour(request.response(), Buffer.buffer(new byte[64 << 10]));
    });

    SiteState state = ask();

    assertThat(state.health()).isEqualTo(SiteState.Health.UNKNOWN);
    assertThat(state.report()).isEmpty();
  }

  private void pour(HttpServerResponse response, Buffer bytes) {
    response.write(bytes).onSuccess(_ -> pour(response, bytes));
  }

  @Test
  void givesUpASiteThatNeverAnswers() throws Exception {
    CompletableFuture<Void> left = new CompletableFuture<>();
    stub.does(request -> request.connection().closeHandler(_ -> left.complete(null)));

    assertThat(ask().health()).isEqualTo(SiteState.Health.UNKNOWN);
    left.get(20, TimeUnit.SECONDS);
  }
}
