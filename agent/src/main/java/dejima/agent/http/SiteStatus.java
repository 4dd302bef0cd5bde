package dejima.agent.http;

import dejima.agent.EngineReport;
import dejima.agent.InferenceEngine;
import dejima.agent.ServedModel;
import dejima.agent.config.AgentConfig.Site;
import dejima.evidence.Json;
import java.util.Locale;

/// What the site tells gateways about itself, and its declaration signed with its key.
///
/// @param declarations the site statement
record SiteStatus(Site site, InferenceEngine engine, Places places, Declarations declarations) {
  /// The status document of `GET /dejima/v1/status`.
  byte[] document() {
    EngineReport report = engine.report();
    Declarations.Signed declared = declarations.current();
    return Json.object()
        .put("v", 1)
        .put("site", site.id())
        .put("operator", site.operator())
        .put("country", site.country().code())
        .put("control", site.control().word())
        .put("sku", site.sku())
        .put("standIn", site.standIn())
        .put("engine", engine(report))
        .put("models", Json.array(report.models().stream().map(SiteStatus::model).toList()))
        .put("capacity", capacity(report))
        .put("statement", declared.statement())
        .put("signature", declared.signature())
        .build()
        .canonicalBytes();
  }

  /// The list of `GET /v1/models` in OpenAI's form.
  byte[] models() {
    return Json.object()
        .put("object", "list")
        .put("data", Json.array(engine.report().models().stream().map(this::listed).toList()))
        .build()
        .canonicalBytes();
  }

  private Json.Obj listed(ServedModel model) {
    return Json.object()
        .put("id", model.id())
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", site.operator())
        .build();
  }

  private Json.Obj capacity(EngineReport report) {
    return Json.object()
        .put("concurrent", Math.min(places.most(), report.capacity().concurrent()))
        .put("inFlight", places.taken())
        .put("queued", report.capacity().queued())
        .build();
  }

  private static Json.Obj engine(EngineReport report) {
    return Json.object()
        .put("name", report.name())
        .put("version", report.version())
        .put("description", report.description())
        .put("state", report.state().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static Json.Obj model(ServedModel model) {
    Json.Members members =
        Json.object()
            .put("id", model.id())
            .put("kinds", Json.strings(model.kinds().stream().map(kind -> kind.word()).toList()));
    model.digest().ifPresent(digest -> members.put("digest", digest));
    model.contextLength().ifPresent(length -> members.put("contextLength", length));
    return members.build();
  }
}
