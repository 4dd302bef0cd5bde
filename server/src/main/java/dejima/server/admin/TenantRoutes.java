package dejima.server.admin;

import dejima.evidence.Json;
import dejima.server.keys.KeyDesk;
import dejima.server.keys.SaltDesk;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/// Tenants' salts on the admin plane: forgetting them, and changing the keys that they come from.
public final class TenantRoutes implements AdminListener.Routes {
  private final KeyDesk keys;
  private final SaltDesk salts;
  private final Executor background;

  /// Wires the routes; what blocks runs on `background`.
  public TenantRoutes(KeyDesk keys, SaltDesk salts, Executor background) {
    this.keys = keys;
    this.salts = salts;
    this.background = background;
  }

  @Override
  public void mount(Router router) {
    router.post("/admin/v1/tenants/forget").handler(Reply.blocking(background, this::forgetTenant));
    router.post("/admin/v1/tenants/rotate").handler(Reply.blocking(background, this::rotate));
    router
        .post("/admin/v1/receipts/forget")
        .handler(Reply.blocking(background, this::forgetReceipt));
  }

  private Reply forgetTenant(RoutingContext context) {
    return ofTenant(
        context,
        (tenant, body) -> {
          Optional<Long> before = body.integer("before");
          return before.isPresent()
              ? keys.forgetBefore(tenant, Instant.ofEpochMilli(before.get()))
                  .map(KeyJson::destroyed)
              : keys.forget(tenant).map(KeyJson::forgotten);
        });
  }

  private Reply rotate(RoutingContext context) {
    return ofTenant(context, (tenant, _) -> keys.rotate(tenant).map(KeyJson::rotated));
  }

  private static Reply ofTenant(
      RoutingContext context, BiFunction<String, Json.Obj, Optional<Json>> work) {
    Optional<Json.Obj> body = RequestBody.object(context);
    Optional<String> tenant = body.flatMap(object -> object.string("tenant"));
    if (tenant.isEmpty()) {
      return Reply.problem(
          400, "Which tenant?", List.of("The body must be {\"tenant\": name or pseudonym}."));
    }
    return work.apply(tenant.get(), body.get())
        .map(Reply::ok)
        .orElseGet(() ->
            Reply.problem(
                404,
                "There is no such tenant",
                List.of("'./dejima keys list' shows the tenants.")));
  }

  private Reply forgetReceipt(RoutingContext context) {
    Optional<String> receipt =
        RequestBody.object(context).flatMap(object -> object.string("receipt"));
    if (receipt.isEmpty()) {
      return Reply.problem(400, "Which receipt?", List.of("The body must be {\"receipt\": id}."));
    }
    return switch (forget(receipt.get())) {
      case SaltDesk.Forgetting.Forgotten(String pseudonym, int kept) ->
          Reply.ok(Json.object().put("pseudonym", pseudonym).put("kept", kept).build());
      case SaltDesk.Forgetting.Refused(String reason) ->
          Reply.problem(409, "Nothing was destroyed", List.of(reason));
    };
  }

  private SaltDesk.Forgetting forget(String receipt) {
    try {
      return salts.forget(receipt);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new SaltDesk.Forgetting.Refused("The server is stopping. Try again.");
    }
  }
}
