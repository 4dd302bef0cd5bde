package dejima.server.telemetry;

import dejima.gateway.Attempt;
import dejima.gateway.FinishReason;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.server.http.RequestObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// OpenTelemetry traces: one span for each request, written when it has ended, with the `gen_ai.*`
/// attributes of the semantic conventions. A span carries no prompt and no answer.
public final class Traces implements RequestObserver, AutoCloseable {
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final InstantSource clock;

  Traces(SdkTracerProvider provider, InstantSource clock) {
    this.provider = provider;
    this.tracer = provider.get("dejima.gateway");
    this.clock = clock;
  }

  /// Sends spans to an OpenTelemetry collector by OTLP over HTTP.
  public static Traces to(URI collector, InstantSource clock) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.resolve("/v1/traces").toString())
            .build();
    return new Traces(
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), "dejima"))))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build(),
        clock);
  }

  @Override
  public void ended(InferencePlan plan, Outcome outcome, double firstByteMs) {
    long end = clock.millis();
    String model = plan.record().facts().model();
    String operation = GenAi.operation(plan.record().facts().kind());
    Attempt last = plan.attempts().getLast();
    Span span =
        tracer
            .spanBuilder(operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setNoParent()
            .setStartTimestamp(end - outcome.durationMs(), TimeUnit.MILLISECONDS)
            .setAttribute("gen_ai.operation.name", operation)
            .setAttribute("gen_ai.provider.name", "dejima")
            .setAttribute("gen_ai.request.model", model)
            .setAttribute("gen_ai.usage.input_tokens", outcome.usage().input())
            .setAttribute("gen_ai.usage.output_tokens", outcome.usage().output())
            .setAttribute("gen_ai.response.id", plan.record().id())
            .setAttribute("http.response.status_code", outcome.status())
            .setAttribute("dejima.site", last.site().facts().id())
            .setAttribute("dejima.data_class", plan.record().dataClass().effective().label())
            .setAttribute("dejima.attempts", plan.attempts().size())
            .setAttribute("dejima.finish", outcome.finish().word())
            .setAttribute("dejima.time_to_first_byte_ms", firstByteMs)
            .startSpan();
    if (outcome.finish() != FinishReason.COMPLETE) {
      span.setStatus(StatusCode.ERROR, outcome.finish().word());
    }
    span.end(end, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    provider.close();
  }
}
