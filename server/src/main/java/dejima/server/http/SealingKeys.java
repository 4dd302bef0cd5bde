package dejima.server.http;

import dejima.evidence.Json;
import dejima.gateway.ServedModel;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.EvidenceLevel;
import dejima.server.attestation.AttestationDesk;
import dejima.server.attestation.AttestationDesk.Sealable;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/// The keys to which prompts can be sealed now, each with the evidence that bears it: whoever seals
/// need not take this gateway's word for a key.
///
/// @param desk judged the evidence, if attestation is set up
record SealingKeys(SiteTable sites, Optional<AttestationDesk> desk) {
  static final String PATH = "/v1/sealing-keys";

  /// `{"sealingKeys": […]}`, one for each site at E4, and nothing where there is none.
  void list(HttpServerResponse response) {
    List<Json> rows =
        sites.sites().stream()
            .filter(site -> site.facts().evidence() == EvidenceLevel.E4)
            .flatMap(site ->
                desk
                    .flatMap(judge -> judge.sealable(site.id()))
                    .map(evidence -> row(site, evidence))
                    .stream())
            .toList();
    Answers.json(
        response, 200, Json.object().put("sealingKeys", Json.array(rows)).build().canonicalBytes());
  }

  private static Json row(SiteState site, Sealable evidence) {
    return Json.object()
        .put("site", site.id())
        .put("pin", site.pin())
        .put("models", Json.strings(models(site)))
        .put("siteKey", evidence.siteKey())
        .put("nonce", evidence.nonce())
        .put("nonceGiven", evidence.nonceGiven())
        .put("offer", evidence.offer())
        .put("until", evidence.until().toString())
        .build();
  }

  private static List<String> models(SiteState site) {
    return site.report().map(SiteReport::models).orElse(List.of()).stream()
        .map(ServedModel::id)
        .toList();
  }
}
