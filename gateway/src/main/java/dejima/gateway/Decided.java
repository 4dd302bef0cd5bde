package dejima.gateway;

import dejima.evidence.Json;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.SiteDecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The policy's decisions for one set of request facts, with their form in evidence rendered once.
///
/// @param bundle the policy that decided
/// @param request the facts it decided by
/// @param sheet what was on record of the sites
/// @param sites one decision for each site that serves the model
/// @param json the decisions as an entry carries them
/// @param policy the bundle's identity as an entry carries it
/// @param permitted the ids of the sites that may be used
record Decided(
    PolicyBundle bundle,
    RequestFacts request,
    FactSheet sheet,
    List<SiteDecision> sites,
    Json.Canonical json,
    Json.Canonical policy,
    Set<String> permitted) {

  static Decided of(
      PolicyBundle bundle, RequestFacts request, FactSheet sheet, List<SiteFacts> sites) {
    List<SiteDecision> decisions = bundle.decideAll(request, sites);
    return new Decided(
        bundle,
        request,
        sheet,
        decisions,
        Json.Canonical.of(grouped(decisions)),
        Json.Canonical.of(identity(bundle)),
        permitted(decisions));
  }

  /// What the decision about a site went by, if there was one.
  Optional<SiteFacts> site(String id) {
    return sites.stream()
        .map(SiteDecision::site)
        .filter(facts -> facts.id().equals(id))
        .findFirst();
  }

  private static Set<String> permitted(List<SiteDecision> decisions) {
    return decisions.stream()
        .filter(decided -> decided.decision().permits())
        .map(decided -> decided.site().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What sites have in common that are decided alike.
  private record Group(
      String effect, List<String> rules, String evidence, int locationMinutes, boolean verified) {
    static Group of(SiteDecision decided) {
      return new Group(
          decided.decision().effect().word(),
          decided.decision().ruleIds(),
          decided.site().evidence().name(),
          decided.site().locationMinutes(),
          decided.site().modelVerified());
    }

    Json json(List<String> allRules, List<String> sites) {
      Json.Members members =
          Json.object()
              .put("effect", effect)
              .put(
                  "by",
                  Json.array(rules.stream().map(rule -> Json.of(allRules.indexOf(rule))).toList()))
              .put("evidence", evidence)
              .put("sites", Json.strings(sites));
      if (locationMinutes < SiteFacts.NEVER_LOCATED) {
        members.put("locationMinutes", locationMinutes);
      }
      if (verified) {
        members.put("modelVerified", true);
      }
      return members.build();
    }
  }

  /// Sites that are decided alike share one object, and rules are named once, so that an entry
  /// holds the decisions about many sites.
  private static Json grouped(List<SiteDecision> decisions) {
    Map<Group, List<String>> groups = new LinkedHashMap<>();
    Set<String> named = new LinkedHashSet<>();
    for (SiteDecision decided : decisions) {
      named.addAll(decided.decision().ruleIds());
      groups.computeIfAbsent(Group.of(decided), _ -> new ArrayList<>()).add(decided.site().id());
    }
    List<String> rules = List.copyOf(named);
    List<Json> sites = new ArrayList<>();
    groups.forEach((group, ids) -> sites.add(group.json(rules, ids)));
    return Json.object().put("rules", Json.strings(rules)).put("sites", Json.array(sites)).build();
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
