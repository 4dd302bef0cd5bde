package dejima.gateway;

import dejima.evidence.Entry;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.residency.LocalText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A permitted request on its way: which sites may still be tried, and what was tried.
///
/// It belongs to one request and is used by one thread at a time.
public final class InferencePlan {
  private static final int MOST_ATTEMPTS = 4;
  private static final LocalText NONE_LEFT =
      new LocalText("許可されたサイトがすべて停止または過負荷", "every permitted site is down or overloaded");

  private final RequestRecord record;
  private final RequestOutline outline;
  private final Optional<String> overriddenModel;
  private final Deque<SiteState> candidates;
  private final Predicate<SiteState> stillPermitted;
  private final List<Attempt> attempts = new ArrayList<>(1);

  InferencePlan(
      RequestRecord record,
      RequestOutline outline,
      Optional<String> overriddenModel,
      List<SiteState> permitted,
      Predicate<SiteState> stillPermitted) {
    this.record = record;
    this.outline = outline;
    this.overriddenModel = overriddenModel;
    this.candidates = new ArrayDeque<>(permitted);
    this.stillPermitted = stillPermitted;
  }

  /// What evidence keeps of it.
  public RequestRecord record() {
    return record;
  }

  /// What was read from its body.
  public RequestOutline outline() {
    return outline;
  }

  /// The model that the path names, when the body names another one or none.
  public Optional<String> overriddenModel() {
    return overriddenModel;
  }

  /// What was tried so far.
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /// The next permitted site that takes requests now, if one is left.
  public Optional<Attempt> next(long nanoTime) {
    if (attempts.isEmpty()) {
      preferTrial(nanoTime);
    }
    while (!candidates.isEmpty() && attempts.size() < MOST_ATTEMPTS) {
      SiteState site = candidates.poll();
      if (stillPermitted.test(site) && site.breaker().tryPass(nanoTime)) {
        int number = attempts.size() + 1;
        String pin = site.pin();
        Attempt attempt = new Attempt(number, site, pin, intent(number, site, pin), nanoTime);
        attempts.add(attempt);
        return Optional.of(attempt);
      }
    }
    return Optional.empty();
  }

  /// Whether an attempt may still go out. Between a decision and its sending lie a disk write and,
  /// for all but the first attempt, the time that other sites took.
  public boolean stillPermits(Attempt attempt) {
    return stillPermitted.test(attempt.site());
  }

  /// Puts a site whose pause is over before the others: were it left behind those that are up, it
  /// would never be asked again while one of them answers. If it fails, the request goes on to
  /// them.
  private void preferTrial(long nanoTime) {
    candidates.stream()
        .filter(site -> site.breaker().isDue(nanoTime))
        .findFirst()
        .filter(candidates::remove)
        .ifPresent(candidates::addFirst);
  }

  /// Lets a site be tried once more after all others: its connection had gone stale before it could
  /// answer.
  public void again(SiteState site) {
    candidates.addLast(site);
  }

  private Entry intent(int number, SiteState site, String pin) {
    Json.Members at = site.json(record.decided().site(site.id()).orElseGet(site::facts), pin);
    site.report()
        .ifPresent(report -> {
          at.put("engine", report.engine()).put("standIn", report.standIn());
          report
              .model(record.decided().request().model())
              .ifPresent(model -> at.put("modelDigest", model.digest()));
        });
    return record.entry(
        Kind.INTENT, Json.object().put("attempt", number).put("site", at.build()).build());
  }

  /// The refusal of a request for which no permitted site was left to try.
  public Refusal unavailable() {
    List<String> names = record.decided().permitted().stream().sorted().toList();
    Problem problem =
        Problem.unavailable(
            "no_permitted_site_available",
            "Every site that the policy permits for this request is down, overloaded or no longer"
                + " permitted: "
                + String.join(", ", names)
                + ". Nothing was sent, and a site that is not permitted is never used. Try again"
                + " later.",
            2);
    return new Refusal(record, problem, NONE_LEFT, record.refusal(problem));
  }

  /// The outcome of a request of which at least one attempt was made.
  public Entry outcome(Outcome outcome) {
    Json.Members more =
        Json.object()
            .put(
                "attempts",
                Json.array(
                    attempts.stream().filter(Attempt::isRecorded).map(Attempt::json).toList()))
            .put("finish", outcome.finish().word())
            .put("status", outcome.status())
            .put("responseCommitment", outcome.responseCommitment())
            .put("inputTokens", outcome.usage().input())
            .put("outputTokens", outcome.usage().output())
            .put("tokensReported", outcome.usage().reported())
            .put("durationMs", outcome.durationMs());
    switch (outcome.siteSignature()) {
      case SiteSignature.None _ -> {}
      case SiteSignature.Genuine(Json evidence) -> more.put("siteSignature", evidence);
      case SiteSignature.Invalid(String reason) -> more.put("siteSignatureInvalid", reason);
    }
    return record.entry(Kind.OUTCOME, more.build());
  }
}
