package dejima.server.console;

import dejima.gateway.Attempt;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.gateway.Refusal;
import dejima.gateway.RequestRecord;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import dejima.server.console.RequestEvent.Finished;
import dejima.server.console.RequestEvent.Started;
import dejima.server.http.RequestObserver;
import dejima.server.http.SiteConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/// Tells the console's feed what the gateway does.
public final class GatewayFeed implements RequestObserver {
  private final LiveFeed feed;
  private final InstantSource clock;

  /// Tells `feed`.
  public GatewayFeed(LiveFeed feed, InstantSource clock) {
    this.feed = feed;
    this.clock = clock;
  }

  @Override
  public void sent(InferencePlan plan, Attempt attempt) {
    feed.requestStarted(started(plan, attempt));
  }

  @Override
  public void ended(InferencePlan plan, Outcome outcome, double firstByteMs) {
    boolean counted = outcome.usage().reported() || outcome.usage().output() > 0;
    feed.requestFinished(
        new Finished(
            started(plan, plan.attempts().getLast()),
            outcome.usage().reported()
                ? OptionalLong.of(outcome.usage().input())
                : OptionalLong.empty(),
            counted ? OptionalLong.of(outcome.usage().output()) : OptionalLong.empty(),
            outcome.durationMs(),
            firstByteMs < 0 ? OptionalDouble.empty() : OptionalDouble.of(firstByteMs),
            outcome.finish().word()));
  }

  private Started started(InferencePlan plan, Attempt attempt) {
    RequestRecord record = plan.record();
    return new Started(
        record.id(),
        clock.instant(),
        record.credential().tenant(),
        record.credential().project(),
        record.dataClass().effective(),
        record.facts().model(),
        record.facts().kind(),
        attempt.site().facts().id(),
        plan.outline().stream());
  }

  @Override
  public void refused(Refusal refusal) {
    RequestRecord record = refusal.record();
    feed.refused(
        new RefusalEvent(
            record.id(),
            clock.instant(),
            record.credential().tenant(),
            record.credential().project(),
            record.dataClass().effective(),
            record.facts().model(),
            refusal.problem().status(),
            refusal.reason(),
            record.decisions()));
  }

  /// Tells how every site stands now.
  ///
  /// @param permits what policy says of each class at a site
  public void sites(List<SiteConnection> sites, Function<SiteState, List<ClassDecision>> permits) {
    feed.sites(sites.stream().map(site -> card(site, permits.apply(site.state()))).toList());
  }

  private static SiteCard card(SiteConnection connection, List<ClassDecision> permits) {
    SiteState site = connection.state();
    double latency = site.firstByteNanos() / 1e6;
    return new SiteCard(
        site.facts(),
        connection.config().metro(),
        site.report().map(SiteReport::standIn).orElse(false),
        SiteHealth.valueOf(site.health().name()),
        site.report().stream()
            .flatMap(report -> report.models().stream())
            .map(model -> model.id())
            .toList(),
        site.inFlight(),
        site.report().map(SiteReport::concurrent).orElse(0),
        latency > 0 ? OptionalDouble.of(latency) : OptionalDouble.empty(),
        site.standing(),
        permits);
  }
}
