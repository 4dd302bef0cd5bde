package dejima.agent.http;

import static dejima.agent.http.RunningSite.RECEIPT;
import static dejima.agent.http.RunningSite.SALT;
import static dejima.agent.http.RunningSite.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.agent.EngineState;
import dejima.agent.InferenceEngine;
import dejima.agent.config.Limits;
import dejima.agent.http.RunningSite.Answer;
import dejima.evidence.Commitment;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.SiteDeclaration;
import dejima.evidence.SiteStatement;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentServerTest {
  private static final String ASK = "{\"model\":\"m\",\"messages\":[]}";
  private static final Limits SMALL =
      new Limits(
          1, 64 * 1024, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(5));

  @TempDir private Path directory;
  private final CountDownLatch release = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init") // every test starts it
  private RunningSite site;

  @AfterEach
  void stops() throws Exception {
    release.countDown();
    site.stop();
  }

  @Test
  void streamsTheAnswerAndSealsItWithASignedStatement() throws Exception {
    start(echo());

    Answer answer = site.post(ASK);

    SiteStatement statement = statement(answer);
    assertThat(answer.response().statusCode()).isEqualTo(200);
    assertThat(answer.response().getHeader("content-type")).isEqualTo("text/event-stream");
    assertThat(answer.body().toString()).isEqualTo("one " + ASK);
    assertThat(statement)
        .isEqualTo(
            new SiteStatement(
                "s1",
                RECEIPT,
                1,
                Commitment.to(SALT, ASK.getBytes(UTF_8)),
                Commitment.to(SALT, answer.body().getBytes()),
                "m",
                ScriptedEngine.DIGEST,
                200));
    assertThat(statement.verify(site.identity().publicKey(), signature(answer))).isTrue();
  }

  @Test
  void signsSoThatATamperedStatementFails() throws Exception {
    start(echo());

    Answer answer = site.post(ASK);

    SiteStatement said = statement(answer);
    SiteStatement tampered =
        new SiteStatement(
            said.site(),
            said.receipt(),
            2,
            said.requestCommitment(),
            said.responseCommitment(),
            said.model(),
            said.modelDigest(),
            said.status());
    byte[] signature = signature(answer);
    assertThat(tampered.verify(site.identity().publicKey(), signature)).isFalse();
    signature[signature.length - 1] ^= 1;
    assertThat(said.verify(site.identity().publicKey(), signature)).isFalse();
  }

  @Test
  void refusesAStrangerAtTheHandshake() throws Exception {
    start(echo());

    Future<HttpClientResponse> call =
        site.stranger().request(site.chat()).compose(request -> request.send(Buffer.buffer(ASK)));

    assertThatThrownBy(() -> await(call)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Dejima-Receipt, rcpt_short",
    "Dejima-Receipt, rcpt_01JD000000000000000000000U",
    "Dejima-Attempt, 0",
    "Dejima-Attempt, 1000",
    "Dejima-Attempt, one",
    "Dejima-Salt, AAAA",
    "Dejima-Salt, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
    "Dejima-Salt, not base64",
  })
  void answersOnlyWhoSendsAGatewaysHeaders(String header, String value) throws Exception {
    start(echo());

    Answer answer = send(site.chat().putHeader(header, value), ASK);

    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(answer.body().toString()).contains("invalid_request_error").contains(header);
  }

  @Test
  void refusesARequestWithoutAGatewaysHeaders() throws Exception {
    start(echo());

    Answer answer = send(site.at(HttpMethod.POST, "/v1/chat/completions"), ASK);

    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(answer.body().toString()).contains("not_from_a_gateway");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"messages\":[]}",
        "{\"model\":1}",
        "{\"model\":\"\"}",
        "{\"model\":\"\\ud800\"}",
        "{\"model\":\"m\",\"model\":\"n\"}",
        "{\"model\":\"m\"} x",
      })
  void refusesAnUnreadableBodyUnderASignedStatement(String body) throws Exception {
    start(echo());

    Answer answer = site.post(body);

    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(answer.body().toString()).contains("unreadable_request");
    assertThat(statement(answer).status()).isEqualTo(400);
  }

  @Test
  void refusesABodyThatNestsTooDeep() throws Exception {
    start(echo());

    Answer answer =
        site.post("{\"model\":\"m\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}");

    assertThat(answer.response().statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesABodyThatIsTooLong(boolean chunked) throws Exception {
    start(echo(), SMALL);
    HttpClientRequest request = await(site.client().request(site.chat()));
    RunningSite.waiting(request).setChunked(chunked);

    Answer answer = site.answer(request.send(Buffer.buffer(new byte[200_000])));

    assertThat(answer.response().statusCode()).isEqualTo(413);
    assertThat(answer.body().toString()).contains("body_too_large");
  }

  @Test
  void refusesARequestThatArrivesTooSlowly() throws Exception {
    start(echo(), SMALL);
    HttpClientRequest request = await(site.client().request(site.chat()));
    RunningSite.waiting(request).setChunked(true);
    Future<HttpClientResponse> response = request.response();

    request.write("{");

    assertThat(site.answer(response).response().statusCode()).isEqualTo(408);
    assertThat(site.post(ASK).response().statusCode()).isEqualTo(200);
  }

  @Test
  void takesNoMoreAnswersAtOnceThanItsLimit() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    start(
        ScriptedEngine.ready((request, sink) -> {
          sink.head(200, "text/plain");
          sink.body("x".getBytes(UTF_8));
          busy.countDown();
          awaitRelease();
          sink.end();
        }),
        SMALL);
    Future<HttpClientResponse> first = open();
    assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();

    Answer second = site.post(ASK);
    release.countDown();
    site.answer(first);
    Answer third = site.post(ASK);

    assertThat(second.response().statusCode()).isEqualTo(429);
    assertThat(second.response().getHeader("retry-after")).isEqualTo("1");
    assertThat(second.body().toString()).contains("rate_limit_error");
    assertThat(statement(second).status()).isEqualTo(429);
    assertThat(third.response().statusCode()).isEqualTo(200);
  }

  @Test
  void neverEndsABrokenAnswerCleanly() throws Exception {
    start(
        ScriptedEngine.ready((request, sink) -> {
          sink.head(200, "text/event-stream");
          sink.body("data: half\n\n".getBytes(UTF_8));
          sink.broken("died");
        }));

    assertThatThrownBy(() -> site.post(ASK)).hasMessageContaining("closed");
  }

  @Test
  void saysThatAnEngineBrokeBeforeItsFirstByte() throws Exception {
    start(
        ScriptedEngine.ready((request, sink) -> {
          sink.head(200, "text/event-stream");
          sink.broken("died early");
        }));

    Answer answer = site.post(ASK);

    assertThat(answer.response().statusCode()).isEqualTo(502);
    assertThat(answer.body().toString()).contains("engine_broken").contains("died early");
    assertThat(statement(answer).status()).isEqualTo(502);
  }

  @Test
  void refusesWhileTheEngineIsNotReady() throws Exception {
    start(
        new ScriptedEngine(EngineState.STARTING, (request, sink) -> {}, new CompletableFuture<>()));

    Answer answer = site.post(ASK);

    assertThat(answer.response().statusCode()).isEqualTo(503);
    assertThat(answer.response().getHeader("retry-after")).isEqualTo("1");
  }

  @RepeatedTest(value = 5, failureThreshold = 4) // a loaded machine may be late now and then
  void cancelsTheEngineWithinFiftyMillisecondsOfTheGatewayLeaving() throws Exception {
    ScriptedEngine engine =
        ScriptedEngine.ready((request, sink) -> {
          sink.head(200, "text/event-stream");
          sink.body("data: 1\n\n".getBytes(UTF_8));
        });
    start(engine);
    HttpClientResponse response = await(open());

    long left = System.nanoTime();
    await(response.request().connection().close());

    long cancelled = engine.cancelled().get(5, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(cancelled - left)).isLessThan(Duration.ofMillis(50));
  }

  @Test
  void givesUpOnAGatewayThatDoesNotRead() throws Exception {
    ScriptedEngine engine = endless();
    start(engine, SMALL);
    HttpClientResponse response = await(open());

    response.pause();

    assertThat(engine.cancelled().get(5, TimeUnit.SECONDS)).isPositive();
  }

  @Test
  void finishesOpenAnswersWhenItStops() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    start(
        ScriptedEngine.ready((request, sink) -> {
          sink.head(200, "text/plain");
          sink.body("begun ".getBytes(UTF_8));
          busy.countDown();
          awaitRelease();
          sink.body("ended".getBytes(UTF_8));
          sink.end();
        }));
    Future<HttpClientResponse> open = open();
    assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();

    Future<Void> stopped = site.server().stop();
    release.countDown();

    assertThat(site.answer(open).body().toString()).isEqualTo("begun ended");
    await(stopped);
    assertThatThrownBy(() -> site.post(ASK)).isNotNull();
  }

  @Test
  void passesOnWhenTheEngineWantsToBeAskedAgain() throws Exception {
    start(
        ScriptedEngine.ready((request, sink) -> {
          sink.retryAfter(17);
          sink.head(429, "application/json");
          sink.body("{}".getBytes(UTF_8));
          sink.end();
        }));

    Answer answer = site.post(ASK);

    assertThat(answer.response().statusCode()).isEqualTo(429);
    assertThat(answer.response().getHeader("Retry-After")).isEqualTo("17");
  }

  @Test
  void tellsItsStatusUnderItsKey() throws Exception {
    start(echo());

    Json.Obj status = object(site.get("/dejima/v1/status"));

    assertThat(status.string("site")).contains("s1");
    assertThat(status.object("engine").flatMap(engine -> engine.string("state"))).contains("ready");
    SiteDeclaration said = SiteDeclaration.of(status.get("statement").orElseThrow()).orThrow();
    byte[] signature = Base64.getDecoder().decode(status.string("signature").orElseThrow());
    assertThat(said.operator()).isEqualTo("例 K.K.");
    assertThat(said.verify(site.identity().publicKey(), signature)).isTrue();
    assertThat(object(site.get("/v1/models")).string("object")).contains("list");
  }

  @Test
  void saysWhichRoutesItHas() throws Exception {
    start(echo());

    Answer answer = site.get("/v1/chat/completions");

    assertThat(answer.response().statusCode()).isEqualTo(404);
    assertThat(answer.body().toString()).contains("unknown_route");
  }

  private void start(InferenceEngine engine) throws Exception {
    start(engine, Limits.USUAL);
  }

  private void start(InferenceEngine engine, Limits limits) throws Exception {
    site = new RunningSite(directory, engine, limits);
  }

  /// Sends a request; the response has begun when the future completes.
  private Future<HttpClientResponse> open() {
    return site.client()
        .request(site.chat())
        .compose(request -> RunningSite.waiting(request).send(Buffer.buffer(ASK)));
  }

  private Answer send(RequestOptions options, String body) throws Exception {
    HttpClientRequest request = await(site.client().request(options));
    return site.answer(RunningSite.waiting(request).send(Buffer.buffer(body)));
  }

  private static ScriptedEngine echo() {
    return ScriptedEngine.ready((request, sink) -> {
      sink.head(200, "text/event-stream");
      sink.body("one ".getBytes(UTF_8));
      sink.body(request.body());
      sink.end();
    });
  }

  private static ScriptedEngine endless() {
    CompletableFuture<Long> cancelled = new CompletableFuture<>();
    return new ScriptedEngine(
        EngineState.READY,
        (request, sink) -> {
          sink.head(200, "text/event-stream");
          while (!cancelled.isDone()) {
            sink.body(new byte[8192]);
          }
          sink.broken("cancelled");
        },
        cancelled);
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static SiteStatement statement(Answer answer) {
    return switch (SiteStatement.parse(answer.response().getTrailer(SiteVoice.STATEMENT))) {
      case Reading.Read<SiteStatement> read -> read.value();
      case Reading.Unreadable<SiteStatement> unreadable -> throw new AssertionError(unreadable);
    };
  }

  private static byte[] signature(Answer answer) {
    return Base64.getDecoder().decode(answer.response().getTrailer(SiteVoice.SIGNATURE));
  }

  private static Json.Obj object(Answer answer) {
    return switch (Json.read(answer.body().getBytes())) {
      case Reading.Read<Json> read when read.value() instanceof Json.Obj object -> object;
      case Reading.Read<Json> read -> throw new AssertionError(read);
      case Reading.Unreadable<Json> unreadable -> throw new AssertionError(unreadable);
    };
  }
}
