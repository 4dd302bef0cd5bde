package dejima.server.console;

import dejima.evidence.RequestIds;
import dejima.evidence.VerificationKeys;
import dejima.server.console.Frame.Content;
import dejima.server.console.ReceiptQuery.Understanding;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's place on a router: its pages, `GET /console/…` (their assets) and `GET
/// /admin/v1/events` (the feed). Whoever mounts them has put authentication before them.
public final class ConsoleRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleRoutes.class);
  private static final String COOKIE = "dejima_language";
  private static final long YEAR_SECONDS = 31_536_000;
  private static final String SECURITY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action %s;"
          + " frame-ancestors 'none'";

  private final ConsoleSources sources;
  private final ConsoleAssets assets = new ConsoleAssets();
  private final Map<Language, Pages> pages = Pages.all();
  private final ReceiptSearch search;

  private ConsoleRoutes(ConsoleSources sources) {
    this.sources = sources;
    this.search = new ReceiptSearch(sources.log());
  }

  /// Adds the routes, which show what these sources know.
  public static void mount(Router router, ConsoleSources sources) {
    ConsoleRoutes routes = new ConsoleRoutes(sources);
    router.get(Tab.OVERVIEW.address()).handler(routes::overview);
    router.get(Tab.SITES.address()).handler(routes.page((own, _) -> routes.sites(own)));
    router.get(Tab.POLICY.address()).handler(routes.page((own, _) -> routes.policy(own)));
    router.get(Tab.RECEIPTS.address()).handler(routes.page(routes::receipts));
    router.get(Tab.CHECK.address()).handler(routes.page(routes::check));
    router.get(Tab.DRILLS.address()).handler(routes.page((own, _) -> routes.drills(own)));
    router.get("/check.html").handler(routes::checkAlone);
    router.get("/console/:name").handler(routes::asset);
    router
        .get("/admin/v1/events")
        .handler(context -> EventStream.open(context, sources.feed().subscribe()));
  }

  private void overview(RoutingContext context) {
    Language language = language(context);
    html(context, language, security(Tab.OVERVIEW))
        .end(pages(language).overview().render(sources.feed(), assets).text());
  }

  /// Draws a page apart from the event loop: some read the disk.
  private Handler<RoutingContext> page(BiFunction<Pages, RoutingContext, Content> content) {
    return context -> {
      Language language = language(context);
      sources
          .background()
          .execute(() -> {
            Optional<String> drawn = drawn(context, pages(language), content);
            context.vertx().runOnContext(_ -> answer(context, language, drawn));
          });
    };
  }

  private Optional<String> drawn(
      RoutingContext context, Pages own, BiFunction<Pages, RoutingContext, Content> content) {
    try {
      Content drawn = content.apply(own, context);
      return Optional.of(
          own.frame()
              .around(
                  drawn,
                  assets,
                  sources.feed().policy().flatMap(PolicyCard::notice),
                  Fields.queryWithoutLanguage(context))
              .text());
    } catch (RuntimeException failed) {
      LOG.error("{} failed", context.request().path(), failed);
      return Optional.empty();
    }
  }

  private static void answer(RoutingContext context, Language language, Optional<String> drawn) {
    if (drawn.isPresent()) {
      html(context, language, security(context.request().path())).end(drawn.get());
    } else {
      context
          .response()
          .setStatusCode(500)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end("The page cannot be drawn. See the server's log.\n");
    }
  }

  private Content sites(Pages own) {
    return own.sites()
        .content(sources.sites().sites(), sources.located(), sources.steady().instant());
  }

  private Content policy(Pages own) {
    return own.policy()
        .content(
            sources.policy().current(),
            sources.standing().get(),
            sources.sites().sites().stream()
                .map(site -> new MatrixView.Column(site.facts(), sources.permits().apply(site)))
                .toList());
  }

  private Content receipts(Pages own, RoutingContext context) {
    Map<String, String> given = Fields.of(context);
    return switch (ReceiptQuery.of(given)) {
      case Understanding.Understood(ReceiptQuery query) ->
          own.receipts().content(given, search.find(query));
      case Understanding.Mistaken(String field) -> own.receipts().mistaken(given, field);
    };
  }

  private Content check(Pages own, RoutingContext context) {
    String asked = Fields.of(context).getOrDefault("id", "");
    return own.check()
        .content(VerificationKeys.file(sources.log().key()), RequestIds.isId(asked) ? asked : "");
  }

  private Content drills(Pages own) {
    return own.drills().content(sources.drills().get(), sources.lastDrill().get());
  }

  /// The page as a file to keep.
  private void checkAlone(RoutingContext context) {
    Language language = language(context);
    html(context, language, CheckPage.SECURITY)
        .putHeader("Content-Disposition", "attachment; filename=\"dejima-check.html\"")
        .end(pages(language).check().alone().text());
  }

  private Pages pages(Language language) {
    Pages own = pages.get(language);
    if (own == null) {
      throw new IllegalStateException("every language has pages");
    }
    return own;
  }

  private static String security(String path) {
    return Stream.of(Tab.values())
        .filter(tab -> tab.address().equals(path))
        .findFirst()
        .map(ConsoleRoutes::security)
        .orElseGet(() -> security(Tab.OVERVIEW));
  }

  private static String security(Tab tab) {
    return switch (tab) {
      case CHECK -> CheckPage.SECURITY;
      case RECEIPTS -> SECURITY.formatted("'self'");
      case OVERVIEW, SITES, POLICY, DRILLS -> SECURITY.formatted("'none'");
    };
  }

  private static HttpServerResponse html(
      RoutingContext context, Language language, String security) {
    return protect(context.response())
        .putHeader("Content-Security-Policy", security)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Language", language.tag())
        .putHeader("Vary", "Accept-Language, Cookie")
        .putHeader("Cache-Control", "no-store");
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
