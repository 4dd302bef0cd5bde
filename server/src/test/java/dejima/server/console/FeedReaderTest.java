package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dejima.server.console.RequestEvent.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void beginsWithEverythingThatTheConsoleShows() {
    FeedReader reader = Examples.feed().subscribe();

    List<Event> events = events(reader.poll());

    assertThat(events.stream().map(Event::name).distinct())
        .containsExactly("policy", "treehead", "sites", "request", "refusal", "totals");
    assertThat(named(events, "request")).hasSize(12);
    assertThat(named(events, "refusal")).hasSize(2);
  }

  @Test
  void saysNothingWhenNothingIsNew() {
    FeedReader reader = Examples.feed().subscribe();
    reader.poll();

    List<String> later = Stream.generate(reader::poll).limit(20).toList();

    assertThat(later).containsOnly("");
  }

  @Test
  void saysEachRequestOnceInItsNewestState() {
    LiveFeed feed = new LiveFeed();
    FeedReader reader = feed.subscribe();
    Started started = Examples.started(1);
    feed.requestStarted(started);
    feed.requestFinished(Examples.finished(started));

    List<JsonNode> requests = named(events(reader.poll()), "request");

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().get("phase").asText()).isEqualTo("finished");
  }

  @Test
  void keepsTheEndOfARequestWhoseStartComesLate() {
    LiveFeed feed = new LiveFeed();
    FeedReader reader = feed.subscribe();
    feed.requestFinished(Examples.finished(Examples.started(1)));
    feed.requestStarted(Examples.started(1));

    assertThat(named(events(reader.poll()), "request").getFirst().get("phase").asText())
        .isEqualTo("finished");
  }

  @Test
  void tellsASlowWatcherTheNewestFiftyOfABurst() {
    LiveFeed feed = new LiveFeed();
    FeedReader slow = feed.subscribe();
    for (int i = 0; i < 20_000; i++) {
      feed.requestStarted(Examples.started(i));
      feed.requestFinished(Examples.finished(Examples.started(i)));
    }

    List<Event> events = events(slow.poll());

    List<JsonNode> requests = named(events, "request");
    assertThat(requests).hasSize(50);
    assertThat(requests.getLast().get("id").asText()).isEqualTo(Examples.started(19_999).id());
    assertThat(named(events, "totals").getFirst().get("finished").asLong()).isEqualTo(20_000);
  }

  @Test
  void writesRequestsAsTheFeedPromises() {
    LiveFeed feed = new LiveFeed();
    feed.requestFinished(Examples.finished(Examples.started(1)));

    JsonNode request = named(events(feed.subscribe().poll()), "request").getFirst();

    assertThat(request)
        .isEqualTo(
            read(
                """
                {"id":"rcpt_00000000000000000000000001","time":1795143601000,"tenant":"tenant-1",
                 "project":"demo","dataClass":"confidentiality-2","dataClassJa":"機密性2",
                 "model":"builtin-selftest","kind":"chat","site":"softbank-sakai","stream":true,
                 "phase":"finished","inputTokens":1234,"outputTokens":96,"ms":1234.6,
                 "firstTokenMs":41.3,"finish":"complete"}
                """));
  }

  @Test
  void saysForEverySiteWhatItsEvidenceLeavesOpenAndWhichDataMayGoThere() {
    LiveFeed feed = new LiveFeed();
    feed.sites(Examples.cards());

    JsonNode azure = named(events(feed.subscribe().poll()), "sites").getFirst().get("sites").get(2);

    assertThat(azure.get("country").asText()).isEqualTo("JP");
    assertThat(azure.get("control").asText()).isEqualTo("foreign");
    assertThat(azure.get("evidence").asText()).isEqualTo("E0");
    assertThat(azure.get("notProved").get("ja").asText()).isNotEmpty();
    assertThat(azure.get("permits").get("confidentiality-1").asBoolean()).isTrue();
    assertThat(azure.get("permits").get("confidentiality-2").asBoolean()).isFalse();
    assertThat(azure.get("permits").get("my-number").asBoolean()).isFalse();
  }

  @Test
  void namesTheDecidingRulesOfARefusalSiteBySite() {
    LiveFeed feed = new LiveFeed();
    feed.refused(Examples.refusal(3, "m"));

    JsonNode decisions =
        named(events(feed.subscribe().poll()), "refusal").getFirst().get("decisions");

    assertThat(decisions).hasSize(4);
    assertThat(decisions.get(0).get("effect").asText()).isEqualTo("deny");
    assertThat(decisions.get(0).get("rules").get(0).get("titleJa").asText()).isNotEmpty();
  }

  @Test
  void keepsEachEventOnOneLineWhateverAModelIsCalled() {
    LiveFeed feed = new LiveFeed();
    feed.requestStarted(
        Examples.started("rcpt_1", "a\n\nevent: policy\ndata: {}\r\u2028\u202Eb\"\\", 1));

    List<Event> events = events(feed.subscribe().poll());

    assertThat(events.stream().map(Event::name)).containsExactly("request", "totals");
    assertThat(events.getFirst().data().get("model").asText())
        .isEqualTo("a\uFFFD\uFFFDevent: policy\uFFFDdata: {}\uFFFD\uFFFD\uFFFDb\"\\");
  }

  @Test
  void shortensWhatWouldFillTheMemory() {
    Started started = Examples.started("rcpt_1", "x".repeat(10_000_000), 1);

    assertThat(started.model()).isEqualTo("x".repeat(120) + "…");
  }

  private static List<JsonNode> named(List<Event> events, String name) {
    return events.stream().filter(event -> event.name().equals(name)).map(Event::data).toList();
  }

  private static List<Event> events(String stream) {
    return stream.isEmpty()
        ? List.of()
        : Stream.of(stream.split("\n\n")).map(FeedReaderTest::event).toList();
  }

  private static Event event(String text) {
    String[] lines = text.split("\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0]).startsWith("event: ");
    assertThat(lines[1]).startsWith("data: ");
    return new Event(lines[0].substring(7), read(lines[1].substring(6)));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Event(String name, JsonNode data) {}
}
