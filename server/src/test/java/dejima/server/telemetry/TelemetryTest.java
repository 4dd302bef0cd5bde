package dejima.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.Attempt;
import dejima.gateway.FinishReason;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.gateway.Planning;
import dejima.gateway.Problem;
import dejima.gateway.SiteSignature;
import dejima.gateway.UsageMeter;
import dejima.residency.PolicyBundle;
import dejima.server.Specimen;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TelemetryTest {
  private static final String PROMPT = "a secret prompt";

  private static InferencePlan endedPlan() {
    Planning planning = Specimen.plan(PolicyBundle.demo(), "c1", "\"" + PROMPT + "\"");
    InferencePlan plan = ((Planning.Planned) planning).plan();
    Attempt attempt = plan.next(0).orElseThrow();
    attempt.succeeded();
    return plan;
  }

  private static Outcome outcome(FinishReason finish) {
    return new Outcome(
        finish, 200, "", new UsageMeter.Usage(11, 22, true), 40, new SiteSignature.None());
  }

  @Test
  void countsByTheConventionsNamesAndNeverByPrompt() {
    Metrics metrics = new Metrics();
    metrics.watch(Specimen.sites());

    metrics.ended(endedPlan(), outcome(FinishReason.COMPLETE), 3.5);
    metrics.rejected(Problem.badRequest("invalid_body", PROMPT));

    assertThat(metrics.scrape())
        .contains(
            "gen_ai_client_operation_duration_seconds_count{",
            "gen_ai_server_time_to_first_token_seconds",
            "gen_ai_client_token_usage",
            "gen_ai_token_type=\"input\"",
            "gen_ai_operation_name=\"chat\"",
            "gen_ai_request_model=\"" + Specimen.MODEL + "\"",
            "dejima_site=\"home\"",
            "dejima_finish=\"complete\"",
            "dejima_site_up{site=\"abroad\"} 1.0",
            "dejima_rejections_total{code=\"invalid_body\"} 1.0")
        .doesNotContain("secret");
  }

  @Test
  void countsRefusalsByTheirReason() {
    Metrics metrics = new Metrics();

    Planning refused = Specimen.plan(PolicyBundle.baseline(), "c3", "\"x\"");
    metrics.refused(((Planning.Refused) refused).refusal());

    assertThat(metrics.scrape()).contains("dejima_refusals_total{code=\"denied_by_policy\"} 1.0");
  }

  @Test
  void tracesARequestWithoutItsPrompt() {
    Spans spans = new Spans(new ArrayList<>());
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    try (Traces traces = new Traces(provider, Specimen.CLOCK)) {
      traces.ended(endedPlan(), outcome(FinishReason.TRUNCATED), 3.5);
    }

    SpanData span = spans.ended().getFirst();
    assertThat(span.getName()).isEqualTo("chat " + Specimen.MODEL);
    assertThat(span.getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
        .isEqualTo(22);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("dejima.site"))).isEqualTo("home");
    assertThat(span.getStatus()).isNotEqualTo(StatusData.ok());
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(40_000_000);
    assertThat(span.toString()).doesNotContain("secret");
  }

  private record Spans(List<SpanData> ended) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      ended.addAll(batch);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
