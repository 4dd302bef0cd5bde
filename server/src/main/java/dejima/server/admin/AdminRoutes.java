package dejima.server.admin;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import dejima.residency.BundleReading;
import dejima.residency.DataClass;
import dejima.server.config.InvalidConfig;
import dejima.server.console.ClassDecision;
import dejima.server.keys.KeyDesk;
import dejima.server.keys.KeyRow;
import dejima.server.location.LocationWatch;
import dejima.server.policy.PolicyDesk;
import dejima.server.register.RegisterDesk;
import dejima.server.register.RegisterOutcome;
import dejima.server.telemetry.Metrics;
import dejima.server.witness.WitnessJson;
import dejima.server.witness.Witnesses;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// The admin plane's operations as JSON. Errors have the form of RFC 9457.
public final class AdminRoutes {
  private final KeyDesk keys;
  private final SiteTable sites;
  private final ActivePolicy policy;
  private final Function<SiteState, List<ClassDecision>> permits;
  private final PolicyDesk policies;
  private final Optional<RegisterDesk> register;
  private final Metrics metrics;
  private final Witnesses witnesses;
  private final LocationWatch locations;
  private final Executor background;

  /// Wires the routes; what blocks runs on `background`.
  ///
  /// @param permits what policy says of each class at a site
  public AdminRoutes(
      KeyDesk keys,
      SiteTable sites,
      ActivePolicy policy,
      Function<SiteState, List<ClassDecision>> permits,
      PolicyDesk policies,
      Optional<RegisterDesk> register,
      Metrics metrics,
      Witnesses witnesses,
      LocationWatch locations,
      Executor background) {
    this.keys = keys;
    this.sites = sites;
    this.policy = policy;
    this.permits = permits;
    this.policies = policies;
    this.register = register;
    this.metrics = metrics;
    this.witnesses = witnesses;
    this.locations = locations;
    this.background = background;
  }

  /// Adds the routes.
  void mount(Router router) {
    router.get("/admin/v1/keys").handler(blocking(_ -> listKeys()));
    router.post("/admin/v1/keys").handler(blocking(this::createKey));
    router.delete("/admin/v1/keys/:id").handler(blocking(this::revokeKey));
    router
        .get("/admin/v1/sites")
        .handler(blocking(_ -> Reply.ok(SiteList.json(sites, permits, locations))));
    router.get("/admin/v1/witnesses").handler(blocking(_ -> Reply.ok(WitnessJson.of(witnesses))));
    router
        .get("/admin/v1/policy")
        .handler(blocking(_ -> Reply.ok(PolicyJson.active(policy.current()))));
    router.post("/admin/v1/policy").handler(blocking(_ -> reloadPolicy()));
    router.post("/admin/v1/register").handler(blocking(_ -> reloadRegister()));
    router
        .get("/metrics")
        .handler(context ->
            context
                .response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape()));
  }

  private Handler<RoutingContext> blocking(Function<RoutingContext, Reply> work) {
    return Reply.blocking(background, work);
  }

  private Reply listKeys() {
    return Reply.ok(
        Json.object()
            .put("keys", Json.array(keys.list().stream().map(KeyJson::row).toList()))
            .build());
  }

  private Reply createKey(RoutingContext context) {
    return switch (RequestBody.json(context)) {
      case Reading.Unreadable<Json>(String reason) ->
          Reply.problem(400, "The body is not JSON", List.of(reason));
      case Reading.Read<Json>(Json value) -> createKey(KeyJson.request(value));
    };
  }

  private Reply createKey(KeyJson.RequestReading reading) {
    return switch (reading) {
      case KeyJson.RequestReading.Mistaken(List<String> mistakes) ->
          Reply.problem(400, "The key cannot be made like this", mistakes);
      case KeyJson.RequestReading.Understood(var request) -> {
        yield switch (keys.issue(request)) {
          case KeyDesk.Issuing.Issued issued -> new Reply(201, KeyJson.issued(issued));
          case KeyDesk.Issuing.LowersClass(DataClass floor) ->
              Reply.problem(
                  409,
                  "The key would lower its project's data class",
                  List.of(
                      "Project '%s' has the class %s, which only rises. Leave 'defaultClass' out, name a class that includes it, or use another project."
                          .formatted(request.project(), floor.label())));
        };
      }
    };
  }

  private Reply revokeKey(RoutingContext context) {
    String id = context.pathParam("id");
    return keys.revoke(id)
        .map((KeyRow row) -> Reply.ok(KeyJson.row(row)))
        .orElseGet(() ->
            Reply.problem(
                404, "There is no such key", List.of("'./dejima keys list' shows the ids.")));
  }

  private Reply reloadPolicy() {
    BundleReading reading;
    try {
      reading = policies.reload();
    } catch (InvalidConfig mistaken) {
      return Reply.problem(
          422,
          "The configuration has mistakes; the old policy stays in force",
          List.of(String.valueOf(mistaken.getMessage())));
    }
    return switch (reading) {
      case BundleReading.Loaded(var bundle) -> Reply.ok(PolicyJson.active(bundle));
      case BundleReading.Rejected(var problems) ->
          Reply.problem(
              422,
              "The bundle is not sound; the old one stays in force",
              problems.stream().map(problem -> problem.text()).toList());
    };
  }

  private Reply reloadRegister() {
    if (register.isEmpty()) {
      return Reply.problem(
          404, "There is no register", List.of("Name its directory as 'register' in dejima.yaml."));
    }
    return switch (register.get().reload()) {
      case RegisterOutcome.InForce(var inForce, var people) ->
          Reply.ok(
              Json.object()
                  .put("register", inForce.head().name())
                  .put("version", inForce.head().version())
                  .put("hash", inForce.hash())
                  .put("approvedBy", Json.strings(people))
                  .build());
      case RegisterOutcome.Refused(var reasons) ->
          Reply.problem(422, "The register is not put in force; what was before stays", reasons);
    };
  }
}
