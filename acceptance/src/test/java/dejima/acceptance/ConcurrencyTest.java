package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.site.HeldAnswers;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How many answers a key may have under way: exactly as many as it says, whichever way one ends.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrencyTest {
  private static final int PLACES = 3;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final StubWorld world = new StubWorld("concurrency");
  private final HeldAnswers held = new HeldAnswers();
  private final StubSite site = world.domestic("patient", "held", held);

  @BeforeAll
  void start() {
    world.start("");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private Caller limited(String tenant) {
    return world
        .gateway()
        .clientWith("{\"tenant\":\"%s\",\"concurrent\":%d}".formatted(tenant, PLACES));
  }

  private static List<HttpResponse<InputStream>> fill(Caller client) throws IOException {
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      HttpResponse<InputStream> stream = client.askStreaming("held", "hold");
      assertThat(stream.statusCode()).isEqualTo(200);
      assertThat(stream.body().read()).isPositive();
      streams.add(stream);
    }
    return streams;
  }

  private void assertFull(Caller client) {
    int sent = site.received().size();

    Answer refused = client.ask("held", "one too many").expect(429);

    assertThat(refused.errorCode()).isEqualTo("rate_limit_exceeded");
    assertThat(refused.json().path("error").path("message").asText())
        .contains("concurrent requests", "Nothing was sent");
    assertThat(Integer.parseInt(refused.header("retry-after"))).isPositive();
    assertThat(site.received()).hasSize(sent);
  }

  @Test
  void givesAPlaceBackWhenAnAnswerEnds() throws IOException {
    Caller client = limited("ends");
    List<HttpResponse<InputStream>> streams = fill(client);
    assertFull(client);

    held.endOne();
    String ended = firstToEnd(streams);

    assertThat(ended).endsWith("data: [DONE]\n\n");
    HttpResponse<InputStream> next = client.askStreaming("held", "in its place");
    assertThat(next.statusCode()).isEqualTo(200);
    streams.add(next);
    assertFull(client);
    endAll(streams);
  }

  @Test
  void givesAPlaceBackWhenAClientLeaves() throws IOException {
    Caller client = limited("leaves");
    List<HttpResponse<InputStream>> streams = fill(client);
    assertFull(client);

    streams.removeFirst().body().close();

    takeThePlace(client, streams);
    assertFull(client);
    endAll(streams);
  }

  private static void takeThePlace(Caller client, List<HttpResponse<InputStream>> streams) {
    streams.add(
        Eventually.present(
            SOON,
            () ->
                Optional.of(client.askStreaming("held", "in its place"))
                    .filter(next -> next.statusCode() == 200),
            () -> "the place stays taken"));
  }

  @Test
  void countsEachKeyForItself() throws IOException {
    Caller first = limited("first");
    List<HttpResponse<InputStream>> streams = fill(first);
    Caller second = limited("second");
    streams.addAll(fill(second));

    assertFull(first);
    assertFull(second);
    endAll(streams);
  }

  /// Removes and returns the one stream that has been let go.
  private static String firstToEnd(List<HttpResponse<InputStream>> streams) throws IOException {
    return new String(streams.removeFirst().body().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void endAll(List<HttpResponse<InputStream>> streams) throws IOException {
    held.endAll();
    for (HttpResponse<InputStream> stream : streams) {
      stream.body().readAllBytes();
    }
  }
}
