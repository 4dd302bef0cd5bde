package dejima.gateway;

import dejima.evidence.Json;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.SiteDecision;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The policy's decisions for one set of request facts, with their form in evidence rendered once.
///
/// @param bundle the policy that decided
/// @param request the facts it decided by
/// @param sites one decision for each site that serves the model
/// @param json the decisions as an entry carries them
/// @param policy the bundle's identity as an entry carries it
/// @param permitted the ids of the sites that may be used
record Decided(
    PolicyBundle bundle,
    RequestFacts request,
    List<SiteDecision> sites,
    Json.Canonical json,
    Json.Canonical policy,
    Set<String> permitted) {

  static Decided of(PolicyBundle bundle, RequestFacts request, List<SiteFacts> sites) {
    List<SiteDecision> decisions = bundle.decideAll(request, sites);
    return new Decided(
        bundle,
        request,
        decisions,
        Json.Canonical.of(Json.array(decisions.stream().map(Decided::decision).toList())),
        Json.Canonical.of(identity(bundle)),
        permitted(decisions));
  }

  private static Set<String> permitted(List<SiteDecision> decisions) {
    return decisions.stream()
        .filter(decided -> decided.decision().permits())
        .map(decided -> decided.site().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Json decision(SiteDecision decided) {
    return Json.object()
        .put("site", decided.site().id())
        .putAll(facts(decided.site()))
        .put("effect", decided.decision().effect().word())
        .put("rules", Json.strings(decided.decision().ruleIds()))
        .build();
  }

  /// The facts of a site that rules can see, but for its id.
  static Json.Obj facts(SiteFacts site) {
    return Json.object()
        .put("operator", site.operator())
        .put("country", site.country().code())
        .put("declaredCountry", site.declaredCountry().code())
        .put("control", site.control().name().toLowerCase(Locale.ROOT))
        .put("evidence", site.evidence().name())
        .put("sku", site.sku())
        .build();
  }

  private static Json identity(PolicyBundle bundle) {
    Json.Members members =
        Json.object()
            .put("id", bundle.id())
            .put("version", bundle.version())
            .put("hash", bundle.hash())
            .put("theorems", bundle.theoremsHash());
    bundle
        .notice()
        .ifPresent(notice ->
            members.put(
                "notice", Json.object().put("ja", notice.ja()).put("en", notice.en()).build()));
    return members.build();
  }
}
