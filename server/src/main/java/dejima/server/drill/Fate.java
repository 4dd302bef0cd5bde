package dejima.server.drill;

import dejima.evidence.Json;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.SiteDecision;
import java.util.List;
import java.util.stream.Stream;

/// What becomes of some work when sites go: which it may use now, which are left, and which rules
/// keep it from the others.
///
/// @param decisions one for each site that serves it, those that go included
/// @param withdrawal what goes
record Fate(List<SiteDecision> decisions, Withdrawal withdrawal) {
  /// Copies the list.
  Fate {
    decisions = List.copyOf(decisions);
  }

  /// The sites that it may use now.
  List<String> before() {
    return permitted().map(SiteFacts::id).toList();
  }

  /// The sites that it may use afterwards.
  List<String> after() {
    return permitted().map(SiteFacts::id).filter(site -> !withdrawal.takes(site)).toList();
  }

  private Stream<SiteFacts> permitted() {
    return decisions.stream()
        .filter(decided -> decided.decision().permits())
        .map(SiteDecision::site);
  }

  /// Whether it has somewhere to go now and nowhere afterwards.
  boolean stranded() {
    return !before().isEmpty() && after().isEmpty();
  }

  /// Whether it is permitted at a site that goes.
  boolean concerned() {
    return before().stream().anyMatch(withdrawal::takes);
  }

  /// The same as a report has it: what the work may use, and, where nothing is left to it, the
  /// rules by which each site that stays refuses it.
  Json.Members json(Work work) {
    Json.Members members =
        work.json()
            .put("before", Json.strings(before()))
            .put("after", Json.strings(after()))
            .put("stranded", stranded());
    if (stranded()) {
      members.put(
          "refusals",
          Json.array(decisions.stream().filter(this::refuses).map(Fate::refusal).toList()));
    }
    return members;
  }

  private boolean refuses(SiteDecision decided) {
    return !decided.decision().permits() && !withdrawal.takes(decided.site().id());
  }

  private static Json refusal(SiteDecision decided) {
    return Json.object()
        .put("site", decided.site().id())
        .put("rules", Json.strings(decided.decision().ruleIds()))
        .put("reason", decided.decision().reason().en())
        .put("reasonJa", decided.decision().reason().ja())
        .build();
  }
}
