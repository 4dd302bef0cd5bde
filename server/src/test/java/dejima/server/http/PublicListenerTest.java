package dejima.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.agent.TlsIdentity;
import dejima.evidence.Approvers;
import dejima.evidence.Carried;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LoggedEntry;
import dejima.gateway.FinishReason;
import dejima.gateway.Gateway;
import dejima.gateway.InferencePlan;
import dejima.gateway.KeyRing;
import dejima.gateway.Outcome;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import dejima.residency.Control;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.server.Specimen;
import dejima.server.config.Address;
import dejima.server.config.LocationSettings;
import dejima.server.config.ServerConfig;
import dejima.server.config.ServerConfig.Bounds;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.config.ServerConfig.SinkPlace;
import dejima.server.config.ServerConfig.SiteConfig;
import dejima.server.config.ServerConfig.Timeouts;
import dejima.server.policy.PolicyArchive;
import dejima.server.records.FactSheets;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The public listener between real sockets: two domestic stub sites behind it.
@Timeout(90)
final class PublicListenerTest {
  private static final String ASK =
      "{\"model\":\"" + Specimen.MODEL + "\", \"messages\" : [ ],\"x\":\"\\u3042\"}";
  private static final String STREAM =
      "{\"model\":\"" + Specimen.MODEL + "\",\"stream\":true,\"messages\":[]}";
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30));

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final EvidenceLog log = Specimen.log();
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
  private StubSite first;
  private StubSite second;
  private int port;

  @BeforeEach
  void listen() throws IOException {
    first = new StubSite(vertx, directory.resolve("a"), "a");
    second = new StubSite(vertx, directory.resolve("b"), "b");
    port = freePort();
    ServerConfig config = config();
    StatementDesk statements = Statements.desk(log, directory);
    List<SiteConnection> sites =
        config.sites().stream()
            .map(site -> SiteConnection.resolve(site, statements, Specimen.CLOCK))
            .toList();
    sites.forEach(site -> site.state().reported(Specimen.report()));
    SiteTable table = new SiteTable(sites.stream().map(SiteConnection::state).toList());
    FactSheets sheets = new FactSheets(directory.resolve("facts"));
    sheets.keep(table.sheet());
    ActivePolicy policy = new ActivePolicy(PolicyBundle.demo());
    KeyRing keys = new KeyRing();
    keys.replace(List.of(Specimen.key()));
    Exchanges shared =
        new Exchanges(
            new Gateway(policy, table, _ -> ModelFacts.UNREGISTERED, Specimen.ids()::next),
            keys,
            log,
            Exchanges.byId(sites),
            new RequestObserver() {
              @Override
              public void ended(InferencePlan plan, Outcome outcome, double firstByteMs) {
                ended.complete(outcome);
              }
            },
            Executors.newVirtualThreadPerTaskExecutor(),
            TIMEOUTS,
            config.limits().maxBodyBytes(),
            Specimen.CLOCK);
    TlsIdentity identity =
        TlsIdentity.inDirectory(directory.resolve("gateway"), "gateway", Specimen.CLOCK);
    vertx
        .deployVerticle(
            new PublicListener(
                new PublicListener.Parts(
                    config,
                    new SiteLines(),
                    shared,
                    identity,
                    table,
                    new Health(log, policy, table, List::of),
                    new Receipts(
                        log,
                        new PolicyArchive(directory.resolve("policies")),
                        sheets,
                        _ -> Carried.NONE,
                        (_, _) -> Optional.empty(),
                        (_, _) -> Optional.empty()),
                    Map.of("/log/keys", log.key().text() + "\n"),
                    Optional.empty(),
                    directory,
                    0),
                false))
        .await();
  }

  private ServerConfig config() {
    return new ServerConfig(
        new Address("127.0.0.1", port),
        new Address("127.0.0.1", 0),
        directory,
        Optional.empty(),
        Optional.empty(),
        new PolicySource.Demo(),
        new Approvers(List.of()),
        "example.jp/log",
        new Bounds(1 << 16, 100, 1),
        TIMEOUTS,
        Optional.empty(),
        SinkPlace.UNKNOWN,
        List.of(site("first", first), site("second", second)),
        LocationSettings.NONE,
        Optional.empty(),
        Optional.empty());
  }

  private static SiteConfig site(String id, StubSite stub) {
    return new SiteConfig(
        Specimen.facts(id, "JP", Control.DOMESTIC),
        "",
        "127.0.0.1",
        stub.port(),
        stub.identity().pin());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void close() {
    client.close();
    vertx.close().await();
    log.close();
  }

  private HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
        .header("Authorization", "Bearer dj_k_secret")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> ask(String body) throws Exception {
    return client.send(request(body).build(), BodyHandlers.ofString());
  }

  private static void json(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body);
  }

  private static HttpServerResponse events(HttpServerRequest request) {
    return request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
  }

  private String entries(HttpResponse<?> response) {
    String id = response.headers().firstValue("Dejima-Receipt").orElseThrow();
    StringBuilder text = new StringBuilder();
    for (LoggedEntry entry : log.find(id)) {
      text.append(entry.body().canonicalText()).append('\n');
    }
    return text.toString();
  }

  @Test
  void passesBodiesByteForByteBothWays() throws Exception {
    String answer = "{ \"odd\" :\t\"\\u3042 \\/ 語\" , \"n\":1.0e+00}\n";
    first.does(request -> json(request, 200, answer));

    HttpResponse<String> response = ask(ASK);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(answer);
    assertThat(first.bodies()).containsExactly(Buffer.buffer(ASK));
    assertThat(response.headers().firstValue("Dejima-Site")).contains("first");
    assertThat(response.headers().firstValue("Dejima-Promise")).isPresent();
  }

  @Test
  void passesEachChunkOnWithoutWaitingForTheNext() throws Exception {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    first.does(request -> {
      HttpServerResponse response = events(request);
      response.write("data: {}\n\n");
      CompletableFuture<?> _ =
          seen.thenRun(() -> vertx.runOnContext(_ -> response.end("data: [DONE]\n\n")));
    });

    HttpResponse<InputStream> response =
        client.send(request(STREAM).build(), BodyHandlers.ofInputStream());
    String head = new String(response.body().readNBytes(10), UTF_8);
    seen.complete(null);

    assertThat(head).isEqualTo("data: {}\n\n");
    assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("data: [DONE]\n\n");
  }

  @Test
  void carriesALargeAnswerToAReaderWhoTakesItsTime() throws Exception {
    byte[] large = new byte[8 << 20];
    new Random(5).nextBytes(large);
    first.does(request -> request.response().end(Buffer.buffer(large)));

    HttpResponse<InputStream> response =
        client.send(request(ASK).build(), BodyHandlers.ofInputStream());

    assertThat(response.body().readAllBytes()).isEqualTo(large);
  }

  @Test
  void cancelsTheSiteWhenTheClientLeaves() throws Exception {
    CompletableFuture<Long> closed = new CompletableFuture<>();
    CompletableFuture<Void> started = new CompletableFuture<>();
    first.does(request -> {
      request.response().closeHandler(_ -> closed.complete(System.nanoTime()));
      request.response().exceptionHandler(_ -> {});
      events(request).write("data: {}\n\n").onComplete(_ -> started.complete(null));
    });
    long leftAt;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\napi-key: dj_k_secret\r\n"
                      + "Content-Type: application/json\r\nContent-Length: "
                      + STREAM.length()
                      + "\r\n\r\n"
                      + STREAM)
                  .getBytes(UTF_8));
      started.get(5, TimeUnit.SECONDS);
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      leftAt = System.nanoTime();
    }

    assertThat(closed.get(5, TimeUnit.SECONDS) - leftAt).isLessThan(1_000_000_000L);
  }

  @Test
  void doesNotBlameTheSiteForAClientThatStopsReading() throws Exception {
    first.does(request -> {
      request.response().exceptionHandler(_ -> {});
      request.response().end(Buffer.buffer(new byte[64 << 20]));
    });
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\napi-key: dj_k_secret\r\n"
                      + "Content-Length: "
                      + ASK.length()
                      + "\r\n\r\n"
                      + ASK)
                  .getBytes(UTF_8));

      assertThat(ended.get(60, TimeUnit.SECONDS).finish()).isEqualTo(FinishReason.CANCELLED);
    }
    assertThat(first.bodies()).hasSize(1);
    assertThat(second.bodies()).isEmpty();
  }

  @Test
  void neverEndsABrokenStreamCleanly() throws Exception {
    first.does(request ->
        events(request).write("data: {}\n\n").onComplete(_ -> request.connection().close()));

    HttpResponse<InputStream> response =
        client.send(request(STREAM).build(), BodyHandlers.ofInputStream());

    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    assertThat(second.bodies()).isEmpty();
  }

  @Test
  void takesAStreamWithoutItsEndMarkForBroken() throws Exception {
    first.does(request -> events(request).end("data: {}\n\n"));

    HttpResponse<InputStream> response =
        client.send(request(STREAM).build(), BodyHandlers.ofInputStream());

    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void goesToTheNextPermittedSiteBeforeTheFirstByte() throws Exception {
    first.does(request -> json(request, 500, "{\"mine\":1}"));
    second.does(request -> json(request, 200, "{}"));

    HttpResponse<String> response = ask(ASK);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Dejima-Site")).contains("second");
    assertThat(entries(response)).contains("\"attempt\":1", "\"attempt\":2");
  }

  @Test
  void followsNoRedirect() throws Exception {
    first.does(request ->
        request.response().setStatusCode(307).putHeader("Location", "https://us.example/").end());
    second.does(request -> request.response().setStatusCode(302).end());

    HttpResponse<String> response = ask(ASK);

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("redirect");
  }

  @Test
  void handsOnTheRestThatSitesAskFor() throws Exception {
    first.does(
        request -> request.response().setStatusCode(429).putHeader("Retry-After", "7").end());
    second.does(
        request -> request.response().setStatusCode(429).putHeader("Retry-After", "7").end());

    HttpResponse<String> limited = ask(ASK);
    HttpResponse<String> afterwards = ask(ASK);

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).contains("7");
    assertThat(afterwards.statusCode()).isEqualTo(503);
    assertThat(first.bodies()).hasSize(1);
  }

  @Test
  void givesUpOnSilentSites() throws Exception {
    first.does(_ -> {});
    second.does(_ -> {});

    HttpResponse<String> response = ask(ASK);

    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.body()).contains("\"code\":\"timeout\"");
  }

  @Test
  void sendsNothingThatCannotBeRecorded() throws Exception {
    log.close();

    HttpResponse<String> response = ask(ASK);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("evidence_unavailable");
    assertThat(first.bodies()).isEmpty();
    assertThat(second.bodies()).isEmpty();
  }

  @Test
  void refusesInTheClientsDialectAndRecordsIt() throws Exception {
    HttpRequest request = request(ASK).header("Dejima-Data-Class", "confidentiality-3").build();

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("denied_by_policy", "permission_error");
    assertThat(entries(response)).contains("\"kind\":\"refusal\"");
    assertThat(first.bodies()).isEmpty();
  }

  @Test
  void turnsBadRequestsAwayWithoutTouchingASite() throws Exception {
    assertThat(ask("{\"model\":").statusCode()).isEqualTo(400);
    assertThat(ask("{\"a\":\"" + "x".repeat(1 << 16) + "\"}").statusCode()).isEqualTo(413);
    assertThat(raw("Content-Type: text/plain\r\nContent-Length: 2", "{}")).contains(" 415 ");
    assertThat(raw("Content-Encoding: gzip\r\nContent-Length: 2", "{}")).contains(" 415 ");
    assertThat(raw("Content-Length: 100", "{\"model\"")).contains(" 408 ");
    assertThat(raw("api-key: x\r\nAuthorization: Bearer nobody\r\nContent-Length: 2", "{}"))
        .contains(" 401 ");
    assertThat(first.bodies()).isEmpty();
  }

  @Test
  void readsALabelInJapanese() throws Exception {
    String body = ASK;
    String answer =
        raw("Dejima-Data-Class: 機密性3\r\nContent-Length: " + body.getBytes(UTF_8).length, body);

    assertThat(answer).contains(" 403 ", "confidentiality-3");
  }

  /// Sends one request by hand and returns the head of its answer and what came with it.
  private String raw(String headers, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
      if (!headers.contains("api-key")) {
        head += "api-key: dj_k_secret\r\n";
      }
      socket.getOutputStream().write((head + "\r\n" + body).getBytes(UTF_8));
      byte[] answer = new byte[4_096];
      int read = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, read), UTF_8);
    }
  }
}
