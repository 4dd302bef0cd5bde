package dejima.server.admin;

import dejima.evidence.Json;
import dejima.gateway.ServedModel;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.Certification;
import dejima.residency.Destination.SiteFacts;
import dejima.server.console.ClassDecision;
import dejima.server.location.LocationWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The sites as the admin plane writes them.
final class SiteList {
  private SiteList() {}

  static Json json(
      SiteTable sites, Function<SiteState, List<ClassDecision>> permits, LocationWatch locations) {
    return Json.object()
        .put(
            "sites",
            Json.array(
                sites.sites().stream()
                    .map(site -> site(site, permits.apply(site), locations))
                    .toList()))
        .build();
  }

  private static Json site(SiteState site, List<ClassDecision> permits, LocationWatch locations) {
    SiteFacts facts = site.facts();
    Json.Members members =
        Json.object()
            .put("id", facts.id())
            .put("operator", facts.operator())
            .put("country", facts.country().code())
            .put("control", facts.control().name().toLowerCase(Locale.ROOT))
            .put("evidence", facts.evidence().name())
            .put("evidenceLabel", PolicyJson.text(facts.evidence().label()))
            .put("notProved", PolicyJson.text(facts.evidence().notProved()))
            .put("statement", site.standing().word())
            .put("fault", PolicyJson.text(site.standing().fault()))
            .put("against", against(site))
            .put(
                "certifications",
                Json.strings(
                    facts.assurances().certifications().stream().map(Certification::word).toList()))
            .put("sku", facts.sku())
            .put("health", site.health().name().toLowerCase(Locale.ROOT))
            .put("inFlight", site.inFlight())
            .put("firstByteMs", Json.of(Math.round(site.firstByteNanos() / 1e4) / 100.0))
            .put("permits", json(permits));
    site.report()
        .ifPresent(report ->
            members
                .put("standIn", report.standIn())
                .put("engine", report.engine())
                .put("capacity", report.concurrent())
                .put("models", models(report.models())));
    locations.json(site.id()).ifPresent(location -> members.put("location", location));
    return members.build();
  }

  /// What speaks against the site, whoever says so.
  private static Json against(SiteState site) {
    List<Json> all = new ArrayList<>();
    site.grounded()
        .grounds()
        .contradictions()
        .forEach((source, texts) ->
            texts.forEach(text ->
                all.add(
                    Json.object()
                        .put("source", source.name().toLowerCase(Locale.ROOT))
                        .put("ja", text.ja())
                        .put("en", text.en())
                        .build())));
    return Json.array(all);
  }

  private static Json models(List<ServedModel> models) {
    return Json.array(
        models.stream()
            .map(model -> Json.object().put("id", model.id()).put("digest", model.digest()).build())
            .toList());
  }

  private static Json json(List<ClassDecision> permits) {
    Json.Members members = Json.object();
    for (ClassDecision decided : permits) {
      members.put(decided.dataClass().label(), decided.decision().permits());
    }
    return members.build();
  }
}
