package dejima.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.AnswerSink;
import dejima.agent.EngineRequest;
import dejima.agent.config.Limits;
import dejima.attestation.AnswerKey;
import dejima.attestation.AnswerOpener;
import dejima.attestation.SealedPrompt;
import dejima.attestation.SealedPrompt.Sealing;
import dejima.evidence.Commitment;
import dejima.evidence.SiteStatement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sealed prompts at a real agent, over mutual TLS; the site's clock stands at the epoch.
final class SealedRouteTest {
  private static final String ASK = "{\"model\":\"m\",\"messages\":[\"canary\"]}";
  private static final byte[] SECRET = secret();
  private static final byte[] PUBLIC = SealedPrompt.publicKey(SECRET);

  @TempDir private Path directory;
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private BiConsumer<EngineRequest, AnswerSink> engine =
      (request, sink) -> {
        sink.head(200, "text/event-stream");
        sink.body("data: {\"a\":1}\n\n".getBytes(UTF_8));
        sink.body(request.body());
        sink.end();
      };
  private RunningSite site;

  private static byte[] secret() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  @BeforeEach
  void start() throws Exception {
    site =
        new RunningSite(
            directory,
            ScriptedEngine.ready((request, sink) -> {
              asked.set(new String(request.body(), UTF_8));
              engine.accept(request, sink);
            }),
            Limits.USUAL);
    Files.write(directory.resolve("seal.key"), SECRET);
  }

  @AfterEach
  void stop() throws Exception {
    site.stop();
  }

  private static Sealing sealing(String model, String toSite, Instant issued) {
    return SealedPrompt.seal(
        ASK.getBytes(UTF_8), model, "confidentiality-3", toSite, issued, PUBLIC);
  }

  private RunningSite.Answer post(Sealing sealing) throws Exception {
    return site.post(new String(sealing.prompt().bytes(), UTF_8));
  }

  private static String opened(Sealing sealing, RunningSite.Answer answer) {
    AnswerOpener opener = sealing.answerKey().opening();
    String content = new String(opener.more(answer.body().getBytes()).orThrow(), UTF_8);
    return opener.head().orElseThrow().status()
        + " "
        + content
        + new String(opener.end().orThrow(), UTF_8);
  }

  @Test
  void opensThePromptForTheEngineAndSealsItsAnswer() throws Exception {
    Sealing sealing = sealing("m", "s1", Instant.EPOCH);

    RunningSite.Answer answer = post(sealing);

    assertThat(asked.get()).isEqualTo(ASK);
    assertThat(answer.response().statusCode()).isEqualTo(200);
    assertThat(answer.response().getHeader("content-type")).isEqualTo(AnswerKey.MEDIA_TYPE);
    assertThat(answer.body().toString(UTF_8)).doesNotContain("canary", "data:");
    assertThat(opened(sealing, answer)).isEqualTo("200 data: {\"a\":1}\n\n" + ASK);
  }

  @Test
  void signsTheSealedBytes() throws Exception {
    Sealing sealing = sealing("m", "s1", Instant.EPOCH);

    RunningSite.Answer answer = post(sealing);

    SiteStatement said =
        SiteStatement.parse(answer.response().getTrailer(SiteVoice.STATEMENT)).orThrow();
    assertThat(said.requestCommitment())
        .isEqualTo(Commitment.to(RunningSite.SALT, sealing.prompt().bytes()));
    assertThat(said.responseCommitment())
        .isEqualTo(Commitment.to(RunningSite.SALT, answer.body().getBytes()));
  }

  @Test
  void opensAPromptOnceOnly() throws Exception {
    Sealing sealing = sealing("m", "s1", Instant.EPOCH);
    post(sealing);

    RunningSite.Answer again = post(sealing);

    assertThat(again.response().statusCode()).isEqualTo(409);
    assertThat(again.body().toString(UTF_8)).contains("sealed_prompt_replayed");
  }

  @Test
  void opensNothingThatIsStaleOrForOthers() throws Exception {
    asked.set("");
    Duration late = Unsealing.FRESH.plusMillis(1);

    assertThat(post(sealing("m", "s1", Instant.EPOCH.plus(late))).body().toString(UTF_8))
        .contains("sealed_prompt_stale");
    assertThat(post(sealing("m", "s2", Instant.EPOCH)).body().toString(UTF_8))
        .contains("sealed_to_another_site");
    assertThat(asked.get()).isEmpty();
  }

  @Test
  void asksNoEngineWithoutItsKeyOrWithAnother() throws Exception {
    asked.set("");
    Files.write(directory.resolve("seal.key"), secret());
    RunningSite.Answer other = post(sealing("m", "s1", Instant.EPOCH));
    Files.delete(directory.resolve("seal.key"));
    RunningSite.Answer none = post(sealing("m", "s1", Instant.EPOCH));

    assertThat(other.response().statusCode()).isEqualTo(400);
    assertThat(other.body().toString(UTF_8)).contains("sealed to another key");
    assertThat(none.response().statusCode()).isEqualTo(503);
    assertThat(asked.get()).isEmpty();
  }

  /// The gateway decided by the model on the envelope; what is inside it could not see.
  @Test
  void answersNothingForAModelInsideThatIsAnother() throws Exception {
    asked.set("");
    Sealing sealing = sealing("other", "s1", Instant.EPOCH);

    RunningSite.Answer answer = post(sealing);

    assertThat(opened(sealing, answer)).startsWith("400 ").contains("sealed_for_another_model");
    assertThat(answer.body().toString(UTF_8)).doesNotContain("another_model");
    assertThat(asked.get()).isEmpty();
  }

  @Test
  void givesNoEngineASealedBodyThatItCannotRead() throws Exception {
    asked.set("");

    RunningSite.Answer answer = site.post("{\"model\":\"m\",\"dejimaSealed\":2,\"messages\":[]}");

    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(asked.get()).isEmpty();
  }

  @Test
  void sealsTheEnginesErrorsAndBreaksOffWhereItFails() throws Exception {
    engine =
        (_, sink) -> {
          sink.head(400, "application/json");
          sink.body("{\"error\":\"canary\"}".getBytes(UTF_8));
          sink.end();
        };
    Sealing sealing = sealing("m", "s1", Instant.EPOCH);
    RunningSite.Answer answer = post(sealing);
    assertThat(answer.response().statusCode()).isEqualTo(400);
    assertThat(answer.body().toString(UTF_8)).doesNotContain("canary");
    assertThat(opened(sealing, answer)).isEqualTo("400 {\"error\":\"canary\"}");

    engine = (_, sink) -> sink.broken("the socket closed");
    assertThat(post(sealing("m", "s1", Instant.EPOCH)).response().statusCode()).isEqualTo(502);
  }
}
