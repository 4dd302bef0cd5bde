package dejima.server.http;

import dejima.evidence.SignedPromise;
import dejima.gateway.InferencePlan;
import dejima.gateway.SiteState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The gateway's own headers on an answer.
final class Headers {
  private Headers() {}

  static Map<String, String> own(
      InferencePlan plan, Optional<SiteState> site, Optional<SignedPromise> promise) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("dejima-receipt", plan.record().id());
    headers.put("dejima-data-class", plan.record().dataClass().effective().label());
    site.ifPresent(answering -> headers.put("dejima-site", answering.facts().id()));
    promise.ifPresent(signed -> headers.put("dejima-promise", signed.headerValue()));
    return headers;
  }
}
