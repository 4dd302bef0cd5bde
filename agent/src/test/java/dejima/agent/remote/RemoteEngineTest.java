package dejima.agent.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dejima.agent.EngineCall;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import dejima.agent.config.EngineSettings.KeyHeader;
import dejima.agent.config.EngineSettings.Patience;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteEngineTest {
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(300), Duration.ofMillis(900));
  private static final byte[] BODY = "{\"model\": \"m\" ,\"x\":1.0}".getBytes(UTF_8);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stops() throws Exception {
    await(vertx.close());
  }

  @Test
  void passesBytesUnchangedBothWaysWithItsOwnKey() throws Exception {
    RecordedAnswer answer =
        ask(
            "/v1",
            request ->
                request
                    .body()
                    .onSuccess(body ->
                        request
                            .response()
                            .putHeader("content-type", "application/json")
                            .end(
                                request.path()
                                    + " "
                                    + request.getHeader("authorization")
                                    + " "
                                    + body)));

    assertThat(answer.ending()).isEqualTo("end");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("/v1/chat/completions Bearer k " + new String(BODY, UTF_8));
  }

  @Test
  void keepsThePathThatTheUrlBeginsWith() throws Exception {
    RecordedAnswer answer = ask("/openai/v1/", request -> request.response().end(request.path()));

    assertThat(answer.text()).isEqualTo("/openai/v1/chat/completions");
  }

  @Test
  void passesTheEnginesOwnErrorsOn() throws Exception {
    RecordedAnswer answer =
        ask("/v1", request -> request.response().setStatusCode(422).end("{\"error\":{}}"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).isEqualTo("{\"error\":{}}");
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0", "99999, 3600", "'Fri, 31 Dec 2027 23:59:59 GMT', -1", "-3, -1"})
  void passesOnWhenTheEngineWantsToBeAskedAgain(String said, int understood) throws Exception {
    RecordedAnswer answer =
        ask(
            "/v1",
            request ->
                request
                    .response()
                    .setStatusCode(429)
                    .putHeader("Retry-After", said)
                    .end("{\"error\":{}}"));

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.retryAfter()).isEqualTo(understood);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    CompletableFuture<String> abroad = new CompletableFuture<>();
    HttpServer other = listen(request -> abroad.complete(request.path()));

    RecordedAnswer answer =
        ask(
            "/v1",
            request ->
                request
                    .response()
                    .setStatusCode(status)
                    .putHeader("location", "http://127.0.0.1:" + other.actualPort() + "/v1/x")
                    .end());

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("redirect (" + status + ")").contains("engine_redirects");
    assertThat(abroad).isNotDone();
  }

  @Test
  void doesNotPassItsOwnRejectionOffAsTheClients() throws Exception {
    RecordedAnswer answer = ask("/v1", request -> request.response().setStatusCode(401).end("no"));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("engine_refuses_the_site").doesNotContain("Bearer");
  }

  @Test
  void breaksWhenTheEngineDiesInMidStream() throws Exception {
    RecordedAnswer answer =
        ask(
            "/v1",
            request -> {
              request.response().setChunked(true).putHeader("content-type", "text/event-stream");
              request
                  .response()
                  .write("data: half\n\n")
                  .onComplete(sent -> request.connection().close());
            });

    assertThat(answer.text()).isEqualTo("data: half\n\n");
    assertThat(answer.ending()).startsWith("broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: half\n\n", "data: [DONE]\n\n"})
  void doesNotTakeAClosedConnectionForTheEndOfAnUnframedStream(String last) throws Exception {
    RecordedAnswer answer =
        askRaw("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + last);

    assertThat(answer.text()).isEqualTo(last);
    assertThat(answer.ending())
        .isEqualTo(last.contains("DONE") ? "end" : "broken: it stopped in mid-answer");
  }

  @Test
  void breaksWhenAnAnswerIsShorterThanAnnounced() throws Exception {
    RecordedAnswer answer = askRaw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");

    assertThat(answer.ending()).startsWith("broken");
  }

  @Test
  void breaksWhenTheEngineSpeaksNoHttp() throws Exception {
    assertThat(askRaw("SSH-2.0-OpenSSH_9.2\r\n\r\n").ending()).startsWith("broken");
  }

  @Test
  void answersWithATimeOutWhenTheEngineSaysNothing() throws Exception {
    RecordedAnswer answer = ask("/v1", request -> {});

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.text()).contains("engine_timeout");
  }

  @Test
  void breaksWhenTheEngineFallsSilent() throws Exception {
    RecordedAnswer answer =
        ask("/v1", request -> request.response().setChunked(true).write("begun"));

    assertThat(answer.ending()).startsWith("broken");
  }

  @Test
  void breaksWhenTheEngineNeverStopsTalking() throws Exception {
    RecordedAnswer answer =
        ask(
            "/v1",
            request -> {
              request.response().setChunked(true);
              vertx.setPeriodic(50, tick -> request.response().write("x"));
            });

    assertThat(answer.ending()).startsWith("broken");
    assertThat(answer.text()).hasSizeGreaterThan(5);
  }

  @Test
  void hangsUpWithinFiftyMillisecondsOfACancel() throws Exception {
    CompletableFuture<Long> hungUp = new CompletableFuture<>();
    CompletableFuture<String> begun = new CompletableFuture<>();
    HttpServer server =
        listen(request -> {
          request.connection().closeHandler(closed -> hungUp.complete(System.nanoTime()));
          request.response().setChunked(true).write("x").onSuccess(v -> begun.complete("x"));
        });
    RecordedAnswer answer = new RecordedAnswer();
    EngineCall call =
        engine("http://127.0.0.1:" + server.actualPort(), Patience.USUAL)
            .start(new EngineRequest(EngineRequest.CHAT, BODY), answer);
    answer.firstBytes();

    long cancelled = System.nanoTime();
    call.cancel();
    call.cancel();

    long closed = hungUp.get(5, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(closed - cancelled)).isLessThan(Duration.ofMillis(50));
    assertThat(answer.awaited().ending()).isEqualTo("broken: cancelled");
  }

  @Test
  void breaksWhenNobodyListens() throws Exception {
    HttpServer server = listen(request -> {});
    int port = server.actualPort();
    await(server.close());
    RecordedAnswer answer = new RecordedAnswer();

    engine("http://127.0.0.1:" + port, SHORT)
        .start(new EngineRequest(EngineRequest.CHAT, BODY), answer);

    assertThat(answer.awaited().ending()).isEqualTo("broken: it cannot be reached");
  }

  @Test
  void learnsTheModelsFromTheEngine() throws Exception {
    String digest = "ab".repeat(32);
    HttpServer server =
        listen(request ->
            request
                .response()
                .end(
                    "{\"data\":[{\"id\":\"m\",\"digest\":\"%s\",\"max_model_len\":4096},{\"id\":\"n\"}]}"
                        .formatted(digest)));

    RemoteEngine engine = engine("http://127.0.0.1:" + server.actualPort(), SHORT);

    awaitState(engine, EngineState.READY);
    assertThat(engine.report().models())
        .extracting(ServedModel::id, ServedModel::digest, ServedModel::contextLength)
        .containsExactly(
            tuple("m", Optional.of("sha256:" + digest), OptionalInt.of(4096)),
            tuple("n", Optional.empty(), OptionalInt.empty()));
  }

  @Test
  void isDownWhileTheListOfModelsIsNoList() throws Exception {
    HttpServer server = listen(request -> request.response().end("<html>"));

    awaitState(engine("http://127.0.0.1:" + server.actualPort(), SHORT), EngineState.DOWN);
  }

  private RecordedAnswer ask(String root, Handler<HttpServerRequest> handler) throws Exception {
    HttpServer server = listen(handler);
    return ask("http://127.0.0.1:" + server.actualPort() + root);
  }

  /// Asks an engine that answers with these bytes and closes the connection.
  private RecordedAnswer askRaw(String bytes) throws Exception {
    int port =
        await(
                vertx
                    .createNetServer()
                    .connectHandler(socket ->
                        socket.handler(request ->
                            socket.write(Buffer.buffer(bytes)).onComplete(sent -> socket.close())))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    return ask("http://127.0.0.1:" + port);
  }

  private RecordedAnswer ask(String url) throws Exception {
    RecordedAnswer answer = new RecordedAnswer();
    engine(url, SHORT).start(new EngineRequest(EngineRequest.CHAT, BODY), answer);
    return answer.awaited();
  }

  private RemoteEngine engine(String url, Patience patience) {
    Upstream upstream =
        new Upstream(
            URI.create(url),
            InetAddress.getLoopbackAddress(),
            new ApiKey(KeyHeader.BEARER, "k"),
            patience);
    Set<ModelKind> kinds = EnumSet.of(ModelKind.CHAT);
    return new RemoteEngine(
        vertx, upstream, new RemoteEngine.Service("openai", List.of(), kinds, 4));
  }

  private HttpServer listen(Handler<HttpServerRequest> handler) throws Exception {
    return await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
  }

  private void awaitState(RemoteEngine engine, EngineState wanted) throws Exception {
    CompletableFuture<EngineState> reached = new CompletableFuture<>();
    vertx.setPeriodic(
        10,
        tick -> {
          if (engine.report().state() == wanted) {
            reached.complete(wanted);
          }
        });
    reached.get(5, TimeUnit.SECONDS);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
