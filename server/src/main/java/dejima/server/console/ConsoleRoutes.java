package dejima.server.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// The console's place on a router: `GET /` (the page), `GET /console/…` (its assets) and `GET
/// /admin/v1/events` (the feed). Whoever mounts them has put authentication before them.
public final class ConsoleRoutes {
  private static final String COOKIE = "dejima_language";
  private static final long YEAR_SECONDS = 31_536_000;
  private static final String CONTENT_SECURITY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final LiveFeed feed;
  private final ConsoleAssets assets = new ConsoleAssets();
  private final ConsolePage japanese = new ConsolePage(Language.JA);
  private final ConsolePage english = new ConsolePage(Language.EN);

  private ConsoleRoutes(LiveFeed feed) {
    this.feed = feed;
  }

  /// Adds the routes, which show what this feed knows.
  public static void mount(Router router, LiveFeed feed) {
    ConsoleRoutes routes = new ConsoleRoutes(feed);
    router.get("/").handler(routes::page);
    router.get("/console/:name").handler(routes::asset);
    router.get("/admin/v1/events").handler(context -> EventStream.open(context, feed.subscribe()));
  }

  private void page(RoutingContext context) {
    Language language = language(context);
    protect(context.response())
        .putHeader("Content-Security-Policy", CONTENT_SECURITY)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Language", language.tag())
        .putHeader("Vary", "Accept-Language, Cookie")
        .putHeader("Cache-Control", "no-store")
        .end(page(language).render(feed, assets).text());
  }

  private ConsolePage page(Language language) {
    return switch (language) {
      case JA -> japanese;
      case EN -> english;
    };
  }

  private void asset(RoutingContext context) {
    protect(context.response());
    assets.answer(context);
  }

  /// What the address asks for, which is remembered, else what was remembered, else what the
  /// browser likes.
  private static Language language(RoutingContext context) {
    Optional<Language> asked =
        context.queryParam("lang").stream()
            .flatMap(tag -> Language.tagged(tag).stream())
            .findFirst();
    asked.ifPresent(language -> remember(context, language));
    return asked
        .or(() ->
            Optional.ofNullable(context.request().getCookie(COOKIE))
                .flatMap(cookie -> Language.tagged(cookie.getValue())))
        .orElseGet(() ->
            Optional.ofNullable(context.request().getHeader("Accept-Language"))
                .map(Language::accepted)
                .orElse(Language.JA));
  }

  private static void remember(RoutingContext context, Language language) {
    context
        .response()
        .addCookie(
            Cookie.cookie(COOKIE, language.tag())
                .setPath("/")
                .setMaxAge(YEAR_SECONDS)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT));
  }

  private static HttpServerResponse protect(HttpServerResponse response) {
    return response
        .putHeader("X-Content-Type-Options", "nosniff")
        // The address may carry the token with which somebody signed in.
        .putHeader("Referrer-Policy", "no-referrer");
  }
}
