package dejima.server.http;

import dejima.evidence.Json;
import dejima.gateway.Dialect;
import dejima.gateway.Problem;
import dejima.gateway.ServedModel;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.TreeMap;

/// The models that sites serve, in the form that both dialects share.
final class Models {
  private final SiteTable sites;
  private final long since;

  /// @param since epoch seconds that stand for a model's creation, which no site knows
  Models(SiteTable sites, long since) {
    this.sites = sites;
    this.since = since;
  }

  void list(HttpServerResponse response) {
    Json.Obj list =
        Json.object()
            .put("object", "list")
            .put("data", Json.array(served().values().stream().toList()))
            .build();
    Answers.json(response, 200, list.canonicalBytes());
  }

  void one(HttpServerResponse response, Dialect dialect, String id) {
    Json.Obj model = served().get(id);
    if (model == null) {
      Answers.problem(
          response,
          dialect,
          Problem.notFound(
                  "model_not_found",
                  "No site serves a model of this name. '/v1/models' lists those that are served.")
              .at("model"));
    } else {
      Answers.json(response, 200, model.canonicalBytes());
    }
  }

  private Map<String, Json.Obj> served() {
    Map<String, Json.Obj> models = new TreeMap<>();
    for (SiteState site : sites.sites()) {
      site.report()
          .ifPresent(report ->
              report.models().forEach(model -> models.putIfAbsent(model.id(), entry(model, site))));
    }
    return models;
  }

  private Json.Obj entry(ServedModel model, SiteState site) {
    return Json.object()
        .put("id", model.id())
        .put("object", "model")
        .put("created", since)
        .put("owned_by", site.facts().operator())
        .build();
  }
}
