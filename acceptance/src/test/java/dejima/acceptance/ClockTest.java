package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.RecordedBody;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.product.WallClock;
import dejima.acceptance.site.HeldAnswers;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The wall clock jumps while requests are under way.
class ClockTest {
  private static final Duration HELD = Duration.ofMillis(400);
  private static final long MOST_MILLIS = 30_000;

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void measuresAndRecordsAcrossAJump(int hours) throws IOException {
    try (StubWorld world = new StubWorld("clock")) {
      HeldAnswers held = new HeldAnswers();
      world.domestic("patient", "held", held);
      world.domestic("steady", "steady", Script.answers());
      WallClock clock = new WallClock(Product.newFolder("wall-clock"));
      GatewayProcess gateway = world.gateway().by(clock);
      world.start("");
      Caller client = world.client();
      String before = client.ask("steady", "before").expect(200).receiptId();
      HttpResponse<InputStream> stream = client.askStreaming("held", "across");
      String across = stream.headers().firstValue("dejima-receipt").orElseThrow();

      clock.shift(Duration.ofHours(hours));
      LockSupport.parkNanos(HELD.toNanos());
      String after = client.ask("steady", "after").expect(200).receiptId();
      held.endAll();
      String answer = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).endsWith("data: [DONE]\n\n");
      JsonNode body = Verifying.genuine(gateway, client, across);
      assertThat(body.path("finish").asText()).isEqualTo("complete");
      assertThat(body.path("durationMs").asLong()).isBetween(HELD.toMillis(), MOST_MILLIS);
      assertTheClockJumped(gateway.receipt(client, before), gateway.receipt(client, after), hours);
      assertGoesOnAfterARestart(gateway, client, List.of(before, across, after));
    }
  }

  /// The test would prove nothing if the gateway had not seen the jump.
  private static void assertTheClockJumped(String before, String after, int hours) {
    RecordedBody first = RecordedBody.in(before).getFirst();
    RecordedBody second = RecordedBody.in(after).getFirst();
    long minutes =
        Duration.ofMillis(second.body().path("time").asLong() - first.body().path("time").asLong())
            .toMinutes();

    assertThat(minutes - 60L * hours).isBetween(-5L, 5L);
    assertThat(second.sequence()).isGreaterThan(first.sequence());
  }

  private static void assertGoesOnAfterARestart(
      GatewayProcess gateway, Caller client, List<String> ids) {
    gateway.stop();
    gateway.start();
    gateway.awaitSites(2);
    String late = client.ask("steady", "late").expect(200).receiptId();

    Verifying.genuine(gateway, client, late);
    for (String id : ids) {
      Verifying.genuine(gateway, client, id);
    }
  }
}
