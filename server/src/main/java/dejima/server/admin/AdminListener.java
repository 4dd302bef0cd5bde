package dejima.server.admin;

import dejima.server.config.Address;
import dejima.server.console.ConsoleRoutes;
import dejima.server.console.ConsoleSources;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;

/// The admin plane's listener: keys, sites, policy, metrics and the console, for holders of the
/// admin token only.
public final class AdminListener extends VerticleBase {
  private static final int MOST_BODY_BYTES = 64 << 10;

  private final Address address;
  private final AdminToken token;
  private final AdminRoutes routes;
  private final ConsoleSources console;
  private final List<Routes> more;

  /// Operations that hang below `/admin/v1/`.
  public interface Routes {
    /// Adds them.
    void mount(Router router);

    /// Adds those that read bodies of any length themselves.
    default void mountUploads(Router router) {}
  }

  /// Listens at `address`.
  ///
  /// @param more operations besides `routes`
  public AdminListener(
      Address address,
      AdminToken token,
      AdminRoutes routes,
      ConsoleSources console,
      List<Routes> more) {
    this.address = address;
    this.token = token;
    this.routes = routes;
    this.console = console;
    this.more = List.copyOf(more);
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    router.route().handler(new AdminDoor(token));
    more.forEach(operations -> operations.mountUploads(router));
    router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    routes.mount(router);
    more.forEach(operations -> operations.mount(router));
    ConsoleRoutes.mount(router, console);
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(address.host()).setPort(address.port()))
        .requestHandler(router)
        .listen();
  }
}
