package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Entry;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.residency.ActivePolicy;
import dejima.residency.Assurances;
import dejima.residency.BundleReading;
import dejima.residency.Control;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import dejima.residency.SiteGrounds.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class InferencePlanTest {

  private static InferencePlan plan(ActivePolicy policy, SiteTable sites, Gateway.Request request) {
    return switch (Specimen.gateway(policy, sites).plan(request)) {
      case Planning.Planned(InferencePlan plan) -> plan;
      case Planning.Refused(Refusal refusal) -> throw new AssertionError(refusal.problem());
      case Planning.Unreadable(Problem problem) -> throw new AssertionError(problem);
    };
  }

  private static InferencePlan confidential(SiteTable sites) {
    return confidential(new ActivePolicy(PolicyBundle.demo()), sites);
  }

  private static InferencePlan confidential(ActivePolicy policy, SiteTable sites) {
    return plan(policy, sites, Specimen.chat(Optional.of("confidentiality-2"), "\"hi\""));
  }

  private static List<String> tried(InferencePlan plan, long nanoTime) {
    List<String> ids = new ArrayList<>();
    Optional<Attempt> next = plan.next(nanoTime);
    while (next.isPresent()) {
      ids.add(next.get().site().facts().id());
      next.get().abandoned("test");
      next = plan.next(nanoTime);
    }
    return ids;
  }

  @Test
  void triesPermittedSitesOnly() {
    assertThat(tried(confidential(Specimen.demoSites()), 0))
        .containsExactly("sakura-ishikari", "softbank-sakai");
  }

  @Test
  void triesTheLeastBurdenedOfThoseThatAreUpFirst() {
    SiteTable sites = Specimen.demoSites();
    SiteState sakura = sites.sites().get(0);
    SiteState softbank = sites.sites().get(1);
    sakura.started();
    assertThat(tried(confidential(sites), 0)).startsWith("softbank-sakai");

    softbank.answered(9_000_000);
    sakura.answered(1_000_000);
    assertThat(tried(confidential(sites), 0)).startsWith("sakura-ishikari");

    sakura.unreachable();
    assertThat(tried(confidential(sites), 0)).containsExactly("softbank-sakai", "sakura-ishikari");
  }

  @Test
  void skipsASiteThatIsGivenAPause() {
    SiteTable sites = Specimen.demoSites();
    sites.sites().getFirst().breaker().rest(60_000_000_000L, 0);

    assertThat(tried(confidential(sites), 1)).containsExactly("softbank-sakai");
    assertThat(tried(confidential(sites), 60_000_000_000L))
        .as("the trial comes first, or it would never come")
        .containsExactly("sakura-ishikari", "softbank-sakai");
  }

  @Test
  void refusesWhenNoPermittedSiteIsLeftAndNamesThem() {
    SiteTable sites = Specimen.demoSites();
    sites.sites().get(0).breaker().rest(60_000_000_000L, 0);
    sites.sites().get(1).breaker().rest(60_000_000_000L, 0);
    InferencePlan plan = confidential(sites);

    assertThat(plan.next(1)).isEmpty();

    Refusal refusal = plan.unavailable();
    assertThat(refusal.problem().status()).isEqualTo(503);
    assertThat(refusal.problem().retryAfterSeconds()).hasValue(2);
    assertThat(refusal.problem().message())
        .contains("sakura-ishikari, softbank-sakai")
        .doesNotContain("us-west");
    assertThat(refusal.entry().kind()).isEqualTo(Kind.REFUSAL);
  }

  /// What changed between the decision and the sending: the first site fell below the evidence that
  /// was decided by.
  @Test
  void triesNoSiteWhoseEvidenceFellSinceTheDecision() {
    SiteTable sites = demoAt(EvidenceLevel.E2);
    InferencePlan plan = confidential(sites);
    Attempt first = plan.next(0).orElseThrow();
    assertThat(plan.stillPermits(first)).isTrue();

    sites.sites().getFirst().ground(Source.LOCATION, g -> g.measured(Optional.empty()), List.of());
    assertThat(plan.stillPermits(first)).as("permitted at E1 too, but recorded at E2").isFalse();

    sites
        .sites()
        .get(1)
        .judged(new SiteStanding.Contradicted(List.of(new LocalText("食い違い", "differs"))));
    assertThat(plan.next(0)).isEmpty();
  }

  @Test
  void triesNoSiteThatAPolicyPutInForceSinceTheDecisionForbids() {
    ActivePolicy policy = new ActivePolicy(PolicyBundle.demo());
    InferencePlan plan = confidential(policy, Specimen.demoSites());
    Attempt first = plan.next(0).orElseThrow();

    policy.offer(new BundleReading.Loaded(PolicyBundle.none()));

    assertThat(plan.stillPermits(first)).isFalse();
    assertThat(plan.next(0)).isEmpty();
  }

  @Test
  void triesNoSiteWhoseFactsOnRecordForbidItSinceTheDecision() {
    SiteTable sites = Specimen.demoSites();
    InferencePlan plan = confidential(sites);
    Attempt first = plan.next(0).orElseThrow();

    sites.record(
        Specimen.site("sakura-ishikari", "US", Control.FOREIGN, EvidenceLevel.E0).configured(),
        _ -> {});

    assertThat(plan.stillPermits(first)).isFalse();
    assertThat(tried(plan, 0)).containsExactly("softbank-sakai");
  }

  /// An intent would name the entries that bear the newest facts beside facts that those do not
  /// bear, and nobody could verify its receipt.
  @Test
  void triesNoSiteOfWhichSomethingElseIsOnRecordSinceTheDecision() {
    SiteTable sites = Specimen.demoSites();
    InferencePlan plan = confidential(sites);
    SiteFacts before = sites.sites().getFirst().configured();

    sites.record(before.assured(new Assurances(Set.of(), true, true)), _ -> {});

    assertThat(tried(plan, 0)).containsExactly("softbank-sakai");
  }

  private static SiteTable demoAt(EvidenceLevel level) {
    return new SiteTable(
        List.of(
            Specimen.site("sakura-ishikari", "JP", Control.DOMESTIC, level),
            Specimen.site("softbank-sakai", "JP", Control.DOMESTIC, level)));
  }

  @Test
  void holdsAPlaceAtTheSiteFromStartToEndExactlyOnce() {
    SiteTable sites = Specimen.demoSites();
    Attempt attempt = confidential(sites).next(0).orElseThrow();
    assertThat(attempt.site().inFlight()).isEqualTo(1);

    attempt.succeeded();
    attempt.failed("late", 0);
    attempt.abandoned("later");

    assertThat(attempt.site().inFlight()).isZero();
    assertThat(attempt.json().canonicalText()).contains("\"result\":\"answered\"");
  }

  @Test
  void triesAStaleConnectionsSiteAgainAfterTheOthersButNotForEver() {
    InferencePlan plan = confidential(Specimen.demoSites());
    List<String> ids = new ArrayList<>();
    for (Optional<Attempt> next = plan.next(0); next.isPresent(); next = plan.next(0)) {
      ids.add(next.get().site().facts().id());
      next.get().abandoned("stale");
      plan.again(next.get().site());
    }

    assertThat(ids).hasSize(4).startsWith("sakura-ishikari", "softbank-sakai", "sakura-ishikari");
  }

  @Test
  void putsEveryDecisionAndTheSiteIntoTheIntent() {
    Attempt attempt = confidential(Specimen.demoSites()).next(0).orElseThrow();

    Entry intent = attempt.intent();
    Json.Obj facts = intent.facts();

    assertThat(intent.kind()).isEqualTo(Kind.INTENT);
    assertThat(intent.tenant()).isEqualTo("t_pseudonym");
    assertThat(facts.integer("attempt")).contains(1L);
    assertThat(facts.string("dataClass")).contains("confidentiality-2");
    assertThat(facts.string("declared")).contains("confidentiality-2");
    assertThat(facts.object("site").flatMap(site -> site.string("id"))).contains("sakura-ishikari");
    assertThat(facts.object("site").flatMap(site -> site.string("modelDigest")))
        .contains("sha256:00");
    assertThat(facts.canonicalText())
        .contains("us-west", "azure-japaneast", "\"effect\":\"deny\"", "\"effect\":\"permit\"")
        .doesNotContain("\"hi\"");
  }

  @Test
  void namesInTheOutcomeOnlyAttemptsWhoseIntentIsDurable() {
    InferencePlan plan = confidential(Specimen.demoSites());
    Attempt first = plan.next(0).orElseThrow();
    first.recorded("aGFzaA==");
    first.failed("unreachable", 0);
    plan.next(0).orElseThrow().abandoned("unrecorded");

    Json.Obj facts =
        plan.outcome(
                new Outcome(
                    FinishReason.FAILED,
                    502,
                    "c29tZQ==",
                    new UsageMeter.Usage(1, 2, true),
                    7,
                    new SiteSignature.Invalid("why")))
            .facts();

    assertThat(facts.array("attempts").orElseThrow()).hasSize(1);
    assertThat(facts.canonicalText())
        .contains("\"result\":\"unreachable\"", "\"finish\":\"failed\"", "\"inputTokens\":1");
    assertThat(facts.string("siteSignatureInvalid")).contains("why");
  }

  @Property(tries = 400)
  void neverReachesASiteThatThePolicyRefuses(
      @ForAll("policies") PolicyBundle policy,
      @ForAll("tables") SiteTable sites,
      @ForAll("labels") String label,
      @ForAll("contents") String content) {
    Planning planning =
        Specimen.gateway(policy, sites).plan(Specimen.chat(Optional.of(label), content));

    switch (planning) {
      case Planning.Planned(InferencePlan plan) -> {
        List<String> permitted =
            sites.sites().stream()
                .map(SiteState::facts)
                .filter(site -> policy.decide(plan.record().facts(), site).permits())
                .map(SiteFacts::id)
                .toList();
        assertThat(tried(plan, 0)).isNotEmpty().isSubsetOf(permitted);
      }
      case Planning.Refused(Refusal refusal) -> {
        assertThat(refusal.problem().status()).isEqualTo(403);
        assertThat(refusal.entry().kind()).isEqualTo(Kind.REFUSAL);
      }
      case Planning.Unreadable(Problem problem) ->
          assertThat(sites.sites()).as(problem.code()).isEmpty();
    }
  }

  @Provide
  Arbitrary<String> labels() {
    return Arbitraries.of(
        "confidentiality-1",
        "confidentiality-2",
        "confidentiality-3",
        "c1+personal",
        "c2+financial",
        "c1+my-number",
        "critical-infrastructure");
  }

  @Provide
  Arbitrary<String> contents() {
    return Arbitraries.of(
        "\"hello\"",
        "\"123456789018\"",
        "\"taro@example.jp\"",
        "[{\"image_url\":{\"url\":\"https://example.jp/a.png\"}}]",
        "[{\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]");
  }

  @Provide
  Arbitrary<SiteTable> tables() {
    return Combinators.combine(
            Arbitraries.of("JP", "US", "ZZ", "DE"),
            Arbitraries.of(Control.class),
            Arbitraries.of(EvidenceLevel.class))
        .as((country, control, evidence) -> new Site(country, control, evidence))
        .list()
        .ofMaxSize(5)
        .map(InferencePlanTest::table);
  }

  private record Site(String country, Control control, EvidenceLevel evidence) {}

  private static SiteTable table(List<Site> sites) {
    List<SiteState> states = new ArrayList<>();
    for (Site site : sites) {
      states.add(
          Specimen.site("s" + states.size(), site.country(), site.control(), site.evidence()));
    }
    return new SiteTable(states);
  }

  @Provide
  Arbitrary<PolicyBundle> policies() {
    Arbitrary<String> condition =
        Arbitraries.of(
            "destination.country == 'JP'",
            "destination.control == 'domestic'",
            "destination.evidence >= 2",
            "request.confidentiality >= 2",
            "request.personal",
            "request.my_number || destination.evidence == 0",
            "destination.id in ['s0', 's2']",
            "10 / (request.confidentiality - 2) > 0",
            "true");
    Arbitrary<PolicyBundle> written =
        Combinators.combine(Arbitraries.of("permit", "forbid"), condition)
            .as((effect, text) -> List.of(effect, text))
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(InferencePlanTest::bundle);
    return Arbitraries.oneOf(
        written, Arbitraries.of(PolicyBundle.baseline(), PolicyBundle.demo(), PolicyBundle.none()));
  }

  private static PolicyBundle bundle(List<List<String>> rules) {
    Map<String, String> files = new HashMap<>();
    files.put("bundle.properties", "id=t\nversion=1\ntitle.ja=t\ntitle.en=t\n");
    for (int i = 0; i < rules.size(); i++) {
      files.put("rules/r" + i + ".cel", rule("r" + i, rules.get(i).get(0), rules.get(i).get(1)));
    }
    return switch (PolicyBundle.of(files)) {
      case BundleReading.Loaded(PolicyBundle loaded) -> loaded;
      case BundleReading.Rejected(var problems) -> throw new AssertionError(problems);
    };
  }

  private static String rule(String id, String effect, String condition) {
    return """
    // id: %s
    // effect: %s
    // title.ja: t
    // title.en: t
    // basis.ja: t
    // basis.en: t
    // remedy.ja: t
    // remedy.en: t
    // reviewed: never
    %s
    """
        .formatted(id, effect, condition);
  }
}
