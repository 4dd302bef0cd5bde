package dejima.server.telemetry;

import dejima.gateway.Attempt;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.gateway.Problem;
import dejima.gateway.Refusal;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.server.http.RequestObserver;
import dejima.server.witness.WitnessStatus;
import dejima.server.witness.Witnesses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Prometheus metrics. Durations and token counts follow OpenTelemetry's `gen_ai.*` conventions.
public final class Metrics implements RequestObserver {
  private static final Duration[] DURATIONS =
      List.of(1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] TOKENS = {1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Series, Meters> meters = new ConcurrentHashMap<>();
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<String, Counter> rejections = new ConcurrentHashMap<>();

  private record Series(String operation, String model, String site, String finish) {}

  private record Meters(
      Timer duration, Timer firstByte, DistributionSummary input, DistributionSummary output) {}

  /// Counts from now on.
  public Metrics() {}

  /// Shows how each site stands.
  public void watch(SiteTable sites) {
    for (SiteState site : sites.sites()) {
      Gauge.builder("dejima.site.in.flight", site, SiteState::inFlight)
          .description("Requests under way at the site")
          .tag("site", site.facts().id())
          .register(registry);
      Gauge.builder("dejima.site.up", site, state -> state.health() == SiteState.Health.UP ? 1 : 0)
          .description("Whether the site answers and takes requests")
          .tag("site", site.facts().id())
          .register(registry);
    }
  }

  /// Shows how each witness stands, and how far they got together.
  public void watch(Witnesses witnesses) {
    Gauge.builder("dejima.log.witnessed.size", witnesses, Witnesses::witnessedSize)
        .description("Entries below the newest tree head that enough witnesses cosigned")
        .register(registry);
    for (WitnessStatus witness : witnesses.statuses()) {
      Gauge.builder("dejima.witness.up", witnesses, all -> up(all, witness))
          .description("Whether the witness cosigned when it was asked last")
          .tag("witness", witness.address().toString())
          .register(registry);
    }
  }

  private static double up(Witnesses witnesses, WitnessStatus witness) {
    return witnesses.statuses().stream()
            .filter(now -> now.address().equals(witness.address()))
            .anyMatch(now -> now.state() == WitnessStatus.State.COSIGNING)
        ? 1
        : 0;
  }

  /// The text that Prometheus reads.
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void ended(InferencePlan plan, Outcome outcome, double firstByteMs) {
    Meters series = meters.computeIfAbsent(series(plan, outcome), this::register);
    series.duration().record(outcome.durationMs(), TimeUnit.MILLISECONDS);
    if (firstByteMs >= 0) {
      series.firstByte().record((long) (firstByteMs * 1e6), TimeUnit.NANOSECONDS);
    }
    series.input().record((double) outcome.usage().input());
    series.output().record((double) outcome.usage().output());
  }

  private static Series series(InferencePlan plan, Outcome outcome) {
    List<Attempt> attempts = plan.attempts();
    return new Series(
        GenAi.operation(plan.record().facts().kind()),
        plan.record().facts().model(),
        attempts.getLast().site().facts().id(),
        outcome.finish().word());
  }

  private Meters register(Series series) {
    String[] tags = {
      "gen_ai.operation.name", series.operation(),
      "gen_ai.request.model", series.model(),
      "dejima.site", series.site(),
      "dejima.finish", series.finish()
    };
    return new Meters(
        Timer.builder("gen_ai.client.operation.duration")
            .description("From a request's arrival to its end")
            .tags(tags)
            .serviceLevelObjectives(DURATIONS)
            .register(registry),
        Timer.builder("gen_ai.server.time_to_first_token")
            .description("From a request's arrival to the first byte of its answer")
            .tags(tags)
            .serviceLevelObjectives(DURATIONS)
            .register(registry),
        tokens(tags, "input"),
        tokens(tags, "output"));
  }

  private DistributionSummary tokens(String[] tags, String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens used")
        .tags(tags)
        .tag("gen_ai.token.type", type)
        .serviceLevelObjectives(TOKENS)
        .register(registry);
  }

  @Override
  public void refused(Refusal refusal) {
    refusals
        .computeIfAbsent(
            refusal.problem().code(), code -> counter("dejima.refusals", "Recorded refusals", code))
        .increment();
  }

  @Override
  public void rejected(Problem problem) {
    rejections
        .computeIfAbsent(
            problem.code(),
            code -> counter("dejima.rejections", "Requests turned away unread or unrecorded", code))
        .increment();
  }

  private Counter counter(String name, String description, String code) {
    return Counter.builder(name).description(description).tag("code", code).register(registry);
  }
}
