package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.site.Collector;
import dejima.acceptance.site.ReceivedSpan;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Metrics as Prometheus reads them and traces as a collector receives them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TelemetryTest {
  private static final String PROMPT = "telemetry-canary-4711";
  private static final Duration EXPORT = Duration.ofSeconds(30);

  private final Collector collector = new Collector();
  private final StubWorld world = new StubWorld("telemetry");
  private Caller client = new Caller(world.gateway().url(), "");

  @BeforeAll
  void start() throws IOException {
    world.domestic("steady-site", "steady", Script.answers());
    world.domestic("breaking-site", "breaks", Script.breaksOff());
    world.site("abroad", "abroad", "US", "foreign", Script.answers());
    world.start("telemetry: {otlp: \"%s\"}".formatted(collector.url()));
    client = world.client();
    client.ask("steady", PROMPT).expect(200);
    client.askStreaming("steady", PROMPT).body().readAllBytes();
    broken(client.askStreaming("breaks", PROMPT));
    client.ask("abroad", PROMPT).expect(403);
    client.post("/v1/chat/completions", "{\"" + PROMPT).expect(400);
  }

  private static void broken(HttpResponse<java.io.InputStream> stream) {
    try {
      stream.body().readAllBytes();
    } catch (IOException brokeOff) {
      return;
    }
    throw new AssertionError("the stream ended cleanly");
  }

  @AfterAll
  void stop() {
    world.close();
    collector.close();
  }

  private List<String> metrics() {
    return world.gateway().admin().get("/metrics").expect(200).text().lines().toList();
  }

  private static double value(List<String> metrics, String name, String... labels) {
    return metrics.stream()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void declaresTypesAndHelpOfWhatItExports() {
    Answer scraped = world.gateway().admin().get("/metrics").expect(200);

    assertThat(scraped.header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(scraped.text().lines())
        .contains(
            "# TYPE gen_ai_client_operation_duration_seconds histogram",
            "# TYPE gen_ai_server_time_to_first_token_seconds histogram",
            "# TYPE gen_ai_client_token_usage histogram",
            "# TYPE dejima_refusals_total counter",
            "# TYPE dejima_rejections_total counter",
            "# TYPE dejima_site_up gauge",
            "# TYPE dejima_site_in_flight gauge",
            "# HELP dejima_site_up Whether the site answers and takes requests")
        .filteredOn(line -> !line.startsWith("#"))
        .allMatch(line -> line.matches("[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)*\\})? [0-9.E+-]+"));
  }

  @Test
  void countsRequestsByTheirEnd() {
    String[] whole = {
      "gen_ai_operation_name=\"chat\"",
      "gen_ai_request_model=\"steady\"",
      "dejima_site=\"steady-site\"",
      "dejima_finish=\"complete\""
    };

    Eventually.holds(
        EXPORT,
        () ->
            value(metrics(), "gen_ai_client_operation_duration_seconds_count", whole) == 2
                && value(metrics(), "gen_ai_client_operation_duration_seconds_count", "truncated")
                    == 1,
        () -> String.join("\n", metrics()));
    List<String> metrics = metrics();

    assertThat(value(metrics, "gen_ai_server_time_to_first_token_seconds_count", whole))
        .isEqualTo(2);
    assertThat(
            value(
                metrics,
                "gen_ai_client_operation_duration_seconds_bucket",
                whole[1],
                whole[3],
                "le=\"+Inf\""))
        .isEqualTo(2);
    // Each answer of the stub says 3 tokens in and 2 out.
    assertThat(value(metrics, "gen_ai_client_token_usage_sum", whole[1], "token_type=\"input\""))
        .isEqualTo(6);
    assertThat(value(metrics, "gen_ai_client_token_usage_sum", whole[1], "token_type=\"output\""))
        .isEqualTo(4);
    assertThat(value(metrics, "dejima_refusals_total", "code=\"denied_by_policy\"")).isEqualTo(1);
    assertThat(value(metrics, "dejima_rejections_total", "code=\"invalid_body\"")).isEqualTo(1);
    assertThat(value(metrics, "dejima_site_up", "site=\"abroad\"")).isEqualTo(1);
    assertThat(value(metrics, "dejima_site_in_flight", "site=\"steady-site\"")).isZero();
  }

  @Test
  void sendsASpanForEveryRequestThatWasSent() {
    Eventually.holds(
        EXPORT, () -> collector.spans().size() == 3, () -> "spans: " + collector.spans());

    List<ReceivedSpan> spans = collector.spans();

    assertThat(collector.paths()).containsOnly("/v1/traces application/x-protobuf");
    assertThat(spans.stream().map(ReceivedSpan::traceId).distinct()).hasSize(3);
    assertThat(spans)
        .allSatisfy(span -> {
          assertThat(span.resource()).containsEntry("service.name", "dejima");
          assertThat(span.traceId().size()).isEqualTo(16);
          assertThat(span.kind()).isEqualTo(3);
          assertThat(span.nanos()).isBetween(0L, EXPORT.toNanos());
          assertThat(span.attributes())
              .containsEntry("gen_ai.operation.name", "chat")
              .containsEntry("gen_ai.provider.name", "dejima")
              .containsEntry("dejima.data_class", "confidentiality-2")
              .containsEntry("dejima.attempts", "1")
              .containsEntry("http.response.status_code", "200");
          assertThat(span.attributes().get("gen_ai.response.id")).startsWith("rcpt_");
        });
    assertThat(spans.stream().filter(span -> span.name().equals("chat steady")))
        .hasSize(2)
        .allSatisfy(span -> {
          assertThat(span.error()).isFalse();
          assertThat(span.attributes())
              .containsEntry("gen_ai.request.model", "steady")
              .containsEntry("gen_ai.usage.input_tokens", "3")
              .containsEntry("gen_ai.usage.output_tokens", "2")
              .containsEntry("dejima.site", "steady-site")
              .containsEntry("dejima.finish", "complete");
        });
    assertThat(spans.stream().filter(span -> span.name().equals("chat breaks")))
        .singleElement()
        .satisfies(span -> {
          assertThat(span.error()).isTrue();
          assertThat(span.attributes()).containsEntry("dejima.finish", "truncated");
        });
  }

  @Test
  void tellsNobodyWhatWasAskedOrWithWhichKey() {
    String secret = client.credential().substring(client.credential().lastIndexOf('_') + 1);
    Eventually.holds(
        EXPORT, () -> collector.spans().size() == 3, () -> "spans: " + collector.spans());

    assertThat(String.join("\n", metrics())).doesNotContain(PROMPT, secret, "出島");
    assertThat(collector.spans().toString()).doesNotContain(PROMPT, secret, "出島");
    assertThat(world.gateway().process().output()).doesNotContain(PROMPT, secret);
  }
}
