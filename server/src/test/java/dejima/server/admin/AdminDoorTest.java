package dejima.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class AdminDoorTest {
  @TempDir private Path data;
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;
  private HttpClient client;
  private AdminToken token;

  @BeforeEach
  void listen() {
    token = AdminToken.in(data, new Random(1));
    Router router = Router.router(vertx);
    router.route().handler(new AdminDoor(token));
    router.route().handler(context -> context.response().end("inside"));
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
    client = vertx.createHttpClient();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private HttpClientResponse ask(String method, String path, Map<String, String> headers) {
    return client
        .request(HttpMethod.valueOf(method), server.actualPort(), "127.0.0.1", path)
        .compose(request -> {
          headers.forEach(request::putHeader);
          return request.send();
        })
        .await();
  }

  private String cookie() {
    return "dejima-admin=" + token.text();
  }

  @Test
  void letsTheBearerIn() {
    assertThat(ask("POST", "/x", Map.of("Authorization", "Bearer " + token.text())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void turnsEverybodyElseAway() {
    HttpClientResponse nobody = ask("GET", "/", Map.of());

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.getHeader("WWW-Authenticate")).contains("dejima-admin");
    assertThat(ask("GET", "/?token=", Map.of()).statusCode()).isEqualTo(401);
    assertThat(ask("GET", "/?token=wrong", Map.of()).statusCode()).isEqualTo(401);
    assertThat(ask("GET", "/", Map.of("Authorization", "Bearer ")).statusCode()).isEqualTo(401);
    assertThat(ask("GET", "/", Map.of("Cookie", "dejima-admin=")).statusCode()).isEqualTo(401);
  }

  @Test
  void tellsWhoeverKeepsGuessingToWaitAndLetsTheOwnerIn() {
    HttpClientResponse last = ask("GET", "/", Map.of());
    for (int i = 0; i < 100 && last.statusCode() == 401; i++) {
      last = ask("GET", "/", Map.of("Authorization", "Bearer guess" + i));
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.getHeader("Retry-After")).isEqualTo("1");
    assertThat(ask("GET", "/", Map.of("Authorization", "Bearer " + token.text())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void givesABrowserACookieAndHidesTheToken() {
    HttpClientResponse welcome = ask("GET", "/?token=" + token.text(), Map.of());

    assertThat(welcome.statusCode()).isEqualTo(303);
    assertThat(welcome.getHeader("Location")).isEqualTo("/");
    assertThat(welcome.getHeader("Set-Cookie"))
        .contains(token.text(), "HTTPOnly", "SameSite=Strict");
    assertThat(ask("GET", "/", Map.of("Cookie", cookie())).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAChangeThatAnotherSitesPageAsksFor() {
    Map<String, String> foreign = Map.of("Cookie", cookie(), "Sec-Fetch-Site", "cross-site");

    assertThat(ask("POST", "/x", foreign).statusCode()).isEqualTo(401);
    assertThat(ask("DELETE", "/x", foreign).statusCode()).isEqualTo(401);
    assertThat(
            ask("POST", "/x", Map.of("Cookie", cookie(), "Sec-Fetch-Site", "same-origin"))
                .statusCode())
        .isEqualTo(200);
  }

  /// A page on another port of this host sends the cookie along, and over a transport that a
  /// browser does not trust it names nothing but its origin.
  @Test
  void refusesAChangeThatAPageOfAnotherPortAsksFor() {
    for (String origin : List.of("http://127.0.0.1:1", "http://evil.example", "null", "")) {
      Map<String, String> foreign = Map.of("Cookie", cookie(), "Origin", origin);
      assertThat(ask("POST", "/x", foreign).statusCode()).as(origin).isEqualTo(401);
    }
    Map<String, String> own =
        Map.of("Cookie", cookie(), "Origin", "http://own.example:81", "Host", "own.example:81");
    assertThat(ask("POST", "/x", own).statusCode()).isEqualTo(200);
  }
}
