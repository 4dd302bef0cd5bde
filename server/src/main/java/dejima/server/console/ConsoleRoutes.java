package dejima.server.console;

import io.vertx.ext.web.Router;

/// The console's place on a router: `GET /` (the page), `GET /console/*` (its assets) and `GET
/// /admin/v1/events` (the feed). Whoever mounts them has put authentication before them.
public final class ConsoleRoutes {
  private ConsoleRoutes() {}

  /// Adds the routes, which show what this feed knows.
  public static void mount(Router router, LiveFeed feed) {
    router.get("/").handler(context -> context.response().end("Dejima"));
    router.get("/admin/v1/events").handler(context -> EventStream.open(context, feed.subscribe()));
  }
}
