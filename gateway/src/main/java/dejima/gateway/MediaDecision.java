package dejima.gateway;

import dejima.evidence.Json;
import dejima.residency.Decision;
import dejima.residency.Destination.MediaHost;

/// The policy's decision on one URL that an engine would fetch.
///
/// @param media where the fetch would go
/// @param decision whether it may
record MediaDecision(MediaHost media, Decision decision) {
  Json json() {
    return Json.object()
        .put("scheme", media.scheme())
        .put("host", media.host())
        .put("effect", decision.effect().word())
        .put("rules", Json.strings(decision.ruleIds()))
        .build();
  }
}
