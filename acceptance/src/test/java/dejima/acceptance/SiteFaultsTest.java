package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.RawConnection;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Sites that fail in every way that a site can.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteFaultsTest {
  private static final int MOST_CANCEL_MILLIS = 50;
  private static final int CANCELS = 7;
  private static final long MOST_BUFFERED_BYTES = 64L << 20;

  private final StubWorld world = new StubWorld("faults");
  private final StubSite pairA = world.domestic("pair-a", "pair", Script.diesOnFirstAttempt());
  private final StubSite pairB = world.domestic("pair-b", "pair", Script.diesOnFirstAttempt());
  private final StubSite abroad = world.site("abroad", "pair", "US", "foreign", Script.answers());
  private final StubSite breaking = world.domestic("breaking", "breaks", Script.breaksOff());
  private final StubSite markless =
      world.domestic("markless", "markless", Script.endsWithoutMark());
  private final StubSite dripping = world.domestic("dripping", "drips", Script.drips());
  private final StubSite dead = world.domestic("dead", "dead", Script.diesBeforeAnswering());
  private final StubSite lying = world.domestic("lying", "lies", Script.signsOtherBytes());
  private final StubSite busy =
      world.domestic("busy", "busy", Script.status(429, "Retry-After", "7"));
  private final StubSite target = world.site("target", "target", "US", "foreign", Script.answers());
  private final StubSite redirecting =
      world.domestic(
          "redirecting",
          "redirects",
          Script.status(
              307, "Location", "https://127.0.0.1:" + target.entry("US", "foreign").port() + "/"));
  private final StubSite impostor = world.domestic("impostor", "impostor", Script.answers());
  private final StubSite silent = world.domestic("silent", "silent", Script.staysSilent());
  private final StubSite stalling = world.domestic("stalling", "stalls", Script.stalls());
  private final AtomicLong flooded = new AtomicLong();
  private final StubSite flooding = world.domestic("flooding", "floods", Script.floods(flooded));
  private GatewayProcess gateway = world.gateway();
  private Caller client = new Caller(gateway.url(), "");

  @BeforeAll
  void start() {
    world.start("timeouts: {connect: 1s, firstByte: 3s, idle: 4s, total: 10s}");
    client = world.client();
  }

  @AfterAll
  void stop() {
    try {
      Eventually.holds(
          Duration.ofSeconds(20), this::nothingIsUnderWay, () -> "places stay taken: " + sites());
    } finally {
      world.close();
    }
  }

  private boolean nothingIsUnderWay() {
    return Answer.json(sites()).path("sites").findValues("inFlight").stream()
        .allMatch(count -> count.asInt() == 0);
  }

  private String sites() {
    return gateway.admin().get("/admin/v1/sites").text();
  }

  private JsonNode outcome(String id) {
    return Verifying.genuine(gateway, client, id);
  }

  @Test
  void goesToTheNextPermittedSiteBeforeTheFirstTokenAndRecordsBothAttempts() {
    Answer answer = client.ask("pair", "failover").expect(200);

    JsonNode body = outcome(answer.receiptId());
    assertThat(body.path("finish").asText()).isEqualTo("complete");
    assertThat(body.path("attempts")).hasSize(2);
    assertThat(body.path("attempts").get(0).path("result").asText()).isNotEqualTo("answered");
    assertThat(body.path("attempts").get(1).path("result").asText()).isEqualTo("answered");
    assertThat(body.path("attempts").findValuesAsText("site"))
        .containsExactlyInAnyOrder("pair-a", "pair-b");
    assertThat(body.path("siteSignature").path("statement").path("attempt").asInt()).isEqualTo(2);
    assertThat(abroad.received()).noneMatch(request -> request.contains("failover"));
    assertThat(Stream.of(pairA, pairB).flatMap(site -> site.received().stream()))
        .filteredOn(request -> request.contains("failover"))
        .hasSize(2);
  }

  @Test
  void tellsTheClientThatAStreamBrokeOff() throws IOException {
    HttpResponse<InputStream> answer = client.askStreaming("breaks", "half");
    String read = readUntilItEnds(answer.body());

    assertThat(read).contains("半", "分", "\"error\"").doesNotContain("[DONE]");
    JsonNode body = outcome(answer.headers().firstValue("dejima-receipt").orElseThrow());
    assertThat(body.path("finish").asText()).isEqualTo("truncated");
    assertThat(breaking.received()).hasSize(1);
  }

  /// Reads what comes; the break must be seen as one, so a clean end fails.
  private static String readUntilItEnds(InputStream stream) {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[4096];
    assertThatThrownBy(
            () -> {
              int count = stream.read(buffer);
              while (count >= 0) {
                read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                count = stream.read(buffer);
              }
            })
        .isInstanceOf(IOException.class);
    return read.toString();
  }

  @Test
  void takesAStreamWithoutItsEndMarkForBroken() throws IOException {
    HttpResponse<InputStream> answer = client.askStreaming("markless", "half");

    assertThat(readUntilItEnds(answer.body())).contains("\"error\"").doesNotContain("[DONE]");
    assertThat(
            outcome(answer.headers().firstValue("dejima-receipt").orElseThrow())
                .path("finish")
                .asText())
        .isEqualTo("truncated");
    assertThat(markless.received()).hasSize(1);
  }

  @Test
  void leavesTheSiteAsSoonAsTheClientLeaves() throws Exception {
    List<Double> millis = new ArrayList<>();
    String id = "";
    for (int i = 0; i < CANCELS; i++) {
      CompletableFuture<Long> siteLeft = dripping.nextLeave();
      HttpResponse<InputStream> answer = client.askStreaming("drips", "cancel");
      assertThat(answer.body().read()).isPositive();
      long clientLeft = System.nanoTime();
      answer.body().close();
      millis.add((siteLeft.get(10, TimeUnit.SECONDS) - clientLeft) / 1e6);
      id = answer.headers().firstValue("dejima-receipt").orElseThrow();
    }

    // The slower half may have waited for a processor that other programs use.
    assertThat(millis.stream().sorted().toList().get(CANCELS / 2)).isLessThan(MOST_CANCEL_MILLIS);
    assertThat(outcome(id).path("finish").asText()).isEqualTo("cancelled");
  }

  @Test
  void namesTheSitesWhenAllPermittedOnesAreDown() {
    Answer answer = client.ask("dead", "anyone?");

    assertThat(answer.status()).isIn(502, 503);
    assertThat(answer.text()).contains("dead");
    assertThat(outcome(answer.receiptId()).path("finish").asText()).isEqualTo("failed");
    assertThat(dead.received()).isNotEmpty();
  }

  @Test
  void recordsThatASiteSignedOtherBytes() {
    Answer answer = client.ask("lies", "sign").expect(200);

    JsonNode body = outcome(answer.receiptId());
    assertThat(body.has("siteSignature")).isFalse();
    assertThat(body.path("siteSignatureInvalid").asText()).contains("other bytes");
    assertThat(lying.received()).hasSize(1);
  }

  @Test
  void passesOnForHowLongAnOverloadedSiteWantsRest() {
    Answer answer = client.ask("busy", "now");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("retry-after")).isEqualTo("7");
    assertThat(busy.received()).hasSize(1);
    assertThat(client.ask("busy", "again").status()).isIn(429, 503);
    assertThat(busy.received()).hasSize(1);
  }

  @Test
  void followsNoRedirect() {
    Answer answer = client.ask("redirects", "go abroad").expect(502);

    assertThat(answer.text()).contains("redirect");
    assertThat(redirecting.received()).hasSize(1);
    assertThat(target.received()).isEmpty();
  }

  @Test
  void sendsNothingToASiteThatReturnsWithAnotherKey() {
    impostor.returnWithAnotherKey();

    Answer answer = client.ask("impostor", "canary-for-the-impostor");

    assertThat(answer.status()).isIn(502, 503);
    assertThat(impostor.received()).isEmpty();
  }

  @Test
  void givesUpOnASiteThatStaysSilent() {
    long askedAt = System.nanoTime();
    Answer answer = client.ask("silent", "hello?");

    assertThat(answer.status()).isEqualTo(504);
    assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(Duration.ofSeconds(20));
    assertThat(silent.received()).hasSize(1);
  }

  @Test
  void endsAnAnswerThatStallsAndOneThatLastsTooLong() throws IOException {
    HttpResponse<InputStream> stalled = client.askStreaming("stalls", "go on");
    String first = readUntilItEnds(stalled.body());
    HttpResponse<InputStream> endless = client.askStreaming("drips", "come to an end");
    String second = readUntilItEnds(endless.body());

    assertThat(first).contains("始", "did not answer in time");
    assertThat(second).contains("滴", "did not answer in time");
    assertThat(second.split("滴", -1).length).isGreaterThan(100);
    assertThat(
            outcome(endless.headers().firstValue("dejima-receipt").orElseThrow())
                .path("finish")
                .asText())
        .isEqualTo("truncated");
    assertThat(stalling.received()).hasSize(1);
  }

  @Test
  void makesASiteWaitForAClientThatDoesNotRead() {
    String body = Questions.chat("floods", "more than you can drink", true);
    try (RawConnection thirsty = RawConnection.to(gateway.port())) {
      thirsty.send(
          "POST /v1/chat/completions HTTP/1.1\nHost: d\nContent-Type: application/json\n"
              + "Authorization: Bearer "
              + client.credential()
              + "\nContent-Length: "
              + body.getBytes(StandardCharsets.UTF_8).length
              + "\n\n"
              + body);
      Eventually.holds(
          Duration.ofSeconds(8),
          () -> flooded.get() > 0 && standsStill(flooded),
          () -> "the site is never made to wait: " + flooded.get() + " bytes");

      assertThat(flooded.get()).isBetween(1L, MOST_BUFFERED_BYTES);
      assertThat(flooding.received()).hasSize(1);
    }
  }

  private static boolean standsStill(AtomicLong count) {
    long before = count.get();
    LockSupport.parkNanos(300_000_000);
    return count.get() == before;
  }

  @Test
  void givesAFailingSiteAPauseAndTriesItAgain() {
    StubSite site = pairB;
    site.plays(Script.diesBeforeAnswering());
    pairA.plays(Script.answers());
    try {
      for (int i = 0; i < 5; i++) {
        client.ask("pair", "one works").expect(200);
      }
      site.plays(Script.answers());
      Eventually.holds(
          Duration.ofSeconds(20),
          () -> client.ask("pair", "both work").header("dejima-site").equals("pair-b"),
          () -> "the recovered site is never used again");
    } finally {
      pairA.plays(Script.diesOnFirstAttempt());
      pairB.plays(Script.diesOnFirstAttempt());
    }
  }
}
