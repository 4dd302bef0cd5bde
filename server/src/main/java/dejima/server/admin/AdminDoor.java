package dejima.server.admin;

import dejima.gateway.AuthenticationThrottle;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Lets in whoever holds the admin token: programs send it as a bearer, browsers open `/?token=…`
/// once and keep a cookie. A request that changes something must not come from another site's page.
final class AdminDoor implements Handler<RoutingContext> {
  private static final String COOKIE = "dejima-admin";
  private static final String BEARER = "Bearer ";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final AdminToken token;
  private final AuthenticationThrottle throttle = new AuthenticationThrottle();

  AdminDoor(AdminToken token) {
    this.token = token;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String link = request.getParam("token");
    if (link != null && token.matches(link)) {
      welcome(context);
    } else if (bearer(request).filter(token::matches).isPresent()) {
      context.next();
    } else if (cookie(request).filter(token::matches).isPresent() && sameSite(request)) {
      context.next();
    } else {
      turnAway(context);
    }
  }

  private void welcome(RoutingContext context) {
    context
        .response()
        .addCookie(
            Cookie.cookie(COOKIE, token.text())
                .setHttpOnly(true)
                .setPath("/")
                .setSameSite(CookieSameSite.STRICT))
        .setStatusCode(303)
        .putHeader("Location", "/")
        .putHeader("Referrer-Policy", "no-referrer")
        .end();
  }

  private static Optional<String> bearer(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()));
  }

  private static Optional<String> cookie(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(COOKIE)).map(Cookie::getValue);
  }

  private static boolean sameSite(HttpServerRequest request) {
    String from = request.getHeader("Sec-Fetch-Site");
    return READING.contains(request.method().name())
        || ((from == null || from.equals("same-origin")) && isOwnPage(request));
  }

  /// Browsers name the page's origin with every change. Where they do not trust the transport they
  /// leave `Sec-Fetch-Site` out, and another port of this host counts as the same site to cookies.
  private static boolean isOwnPage(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin == null || origin.endsWith("://" + request.getHeader("Host"));
  }

  /// A right token is let in however often a wrong one came before it.
  private void turnAway(RoutingContext context) {
    OptionalInt pause =
        throttle.failed(context.request().remoteAddress().hostAddress(), System.nanoTime());
    if (pause.isPresent()) {
      context
          .response()
          .setStatusCode(429)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("Retry-After", Integer.toString(pause.getAsInt()))
          .putHeader("Connection", "close")
          .end(
              "Wrong admin tokens keep coming from your address. The right one is in"
                  + " <data>/admin.token and works at once.\n");
      return;
    }
    context
        .response()
        .setStatusCode(401)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("WWW-Authenticate", "Bearer realm=\"dejima-admin\"")
        .end(
            """
            This is Dejima's admin address. Open the console's link, which './dejima serve' prints, or send
            the token in <data>/admin.token as 'Authorization: Bearer …'.

            ここは出島の管理用アドレスです。「./dejima serve」が表示するリンクを開いてください。
            """);
  }
}
