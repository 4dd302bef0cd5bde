package dejima.server.admin;

import dejima.evidence.Json;
import dejima.evidence.LoggedEntry;
import dejima.server.drill.DrillDesk;
import dejima.server.keys.KeyDesk;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Drills on the admin plane. Reports name tenants by pseudonyms; what those are called today is
/// laid beside them.
public final class DrillRoutes implements AdminListener.Routes {
  private static final long USUAL_SECONDS = 60;
  private static final long MOST_SECONDS = 600;

  private final DrillDesk drills;
  private final KeyDesk keys;
  private final Executor background;

  /// Wires the routes; what blocks runs on `background`.
  public DrillRoutes(DrillDesk drills, KeyDesk keys, Executor background) {
    this.drills = drills;
    this.keys = keys;
    this.background = background;
  }

  @Override
  public void mount(Router router) {
    router.get("/admin/v1/drills").handler(Reply.blocking(background, _ -> list()));
    router.post("/admin/v1/drills").handler(Reply.blocking(background, this::withdraw));
    router.get("/admin/v1/drills/:hash").handler(Reply.blocking(background, this::show));
  }

  private Reply list() {
    Json.Members members = Json.object().put("drills", Json.array(drills.list()));
    drills.last().ifPresent(report -> members.put("last", report).put("names", names()));
    return Reply.ok(members.build());
  }

  private Reply withdraw(RoutingContext context) {
    Optional<Json.Obj> asked = RequestBody.object(context);
    Optional<String> operator = asked.flatMap(body -> body.string("operator"));
    if (operator.isEmpty()) {
      return Reply.problem(
          400,
          "Which operator?",
          List.of("The body must be {\"operator\": name, \"site\": id?, \"seconds\": number?}."));
    }
    long seconds = asked.flatMap(body -> body.integer("seconds")).orElse(USUAL_SECONDS);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      return Reply.problem(
          400, "How long?", List.of("'seconds' must be between 1 and " + MOST_SECONDS + "."));
    }
    return switch (drills.withdraw(
        operator.get(), asked.flatMap(body -> body.string("site")), Duration.ofSeconds(seconds))) {
      case DrillDesk.Outcome.Held(String hash, Json.Obj report) ->
          new Reply(201, shown(hash, report));
      case DrillDesk.Outcome.Unknown(String reason) ->
          Reply.problem(404, "There is nothing to withdraw", List.of(reason));
      case DrillDesk.Outcome.Busy() ->
          Reply.problem(
              409,
              "Another drill is being held",
              List.of("One at a time, so that they do not measure each other. Try again later."));
    };
  }

  private Reply show(RoutingContext context) {
    String hash = context.pathParam("hash");
    return drills
        .find(hash)
        .map(report -> Reply.ok(shown(hash, report)))
        .orElseGet(() ->
            Reply.problem(
                404, "There is no such drill", List.of("'./dejima drill list' shows them.")));
  }

  private Json shown(String hash, Json.Obj report) {
    Json.Members members =
        Json.object().put("hash", hash).put("report", report).put("names", names());
    drills
        .entry(report)
        .ifPresent((LoggedEntry entry) ->
            members
                .put("entry", entry.body())
                .put("index", entry.index())
                .put("bodyHash", entry.bodyHash()));
    return members.build();
  }

  private Json names() {
    Json.Members names = Json.object();
    keys.list().stream()
        .filter(row -> !row.tenantName().isEmpty())
        .map(row -> List.of(row.credential().tenant(), row.tenantName()))
        .distinct()
        .forEach(name -> names.put(name.getFirst(), name.getLast()));
    return names.build();
  }
}
