package dejima.server.http;

import dejima.evidence.EvidenceLog;
import dejima.evidence.LogState;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Whether this node can do its work now.
///
/// @param log must be able to record
/// @param policy must be loaded
/// @param sites at least one must answer
/// @param remarks what an operator should know although it keeps nothing from being served
public record Health(
    EvidenceLog log, ActivePolicy policy, SiteTable sites, Supplier<List<String>> remarks) {
  /// Everything that keeps requests from being served; empty when ready.
  public List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    switch (log.state()) {
      case LogState.Working _ -> {}
      case LogState.Failing(String reason) -> obstacles.add("evidence log: " + reason);
    }
    if (policy.current().rules().isEmpty()) {
      obstacles.add("policy: no bundle is loaded");
    }
    if (sites.sites().stream().noneMatch(site -> site.health() == SiteState.Health.UP)) {
      obstacles.add("sites: none answers");
    }
    return obstacles;
  }
}
