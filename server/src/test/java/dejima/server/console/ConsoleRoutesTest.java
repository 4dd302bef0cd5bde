package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConsoleRoutesTest {
  private final LiveFeed feed = Examples.feed();
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void listen() {
    Router router = Router.router(vertx);
    ConsoleRoutes.mount(router, Examples.sources(feed));
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void answersInTheLanguageOfTheAddressAndRemembersIt() throws Exception {
    Answer page = get("/?lang=en", "Accept-Language", "ja");

    assertThat(page.body()).contains("<html lang=\"en\">");
    assertThat(page.header("Set-Cookie"))
        .contains("dejima_language=en", "HTTPOnly", "SameSite=Strict");
    assertThat(get("/", "Cookie", "dejima_language=en").body()).contains("<html lang=\"en\">");
    assertThat(get("/", "Accept-Language", "en-GB").body()).contains("<html lang=\"en\">");
    assertThat(get("/?lang=xx", "Cookie", "dejima_language=%22%3E").body())
        .contains("<html lang=\"ja\">");
  }

  @Test
  void forbidsWhateverDoesNotComeFromHere() throws Exception {
    Answer page = get("/", "Accept", "text/html");

    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe");
    assertThat(page.header("Referrer-Policy")).contains("no-referrer");
    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.header("Cache-Control")).contains("no-store");
  }

  @Test
  void servesWhatThePageNeedsSoThatABrowserMayKeepIt() throws Exception {
    Matcher addresses =
        Pattern.compile("\"(/console/[^\"]+)\"").matcher(get("/", "Accept", "text/html").body());

    int found = 0;
    while (addresses.find()) {
      found++;
      Answer asset = get(addresses.group(1), "Accept", "*/*");
      assertThat(asset.status()).isEqualTo(200);
      assertThat(asset.header("Cache-Control")).contains("immutable");
      String tag = asset.header("ETag");
      assertThat(get(addresses.group(1), "If-None-Match", tag).status()).isEqualTo(304);
    }
    assertThat(found).isEqualTo(3);
  }

  @Test
  void drawsEveryPageInBothLanguagesAndSaysWhichItIs() throws Exception {
    for (Tab tab : Tab.values()) {
      for (Language language : Language.values()) {
        Answer page = get(tab.address() + "?lang=" + language.tag(), "Accept", "text/html");

        assertThat(page.status()).as(tab.address()).isEqualTo(200);
        // The overview carries open templates for its script.
        String drawn = page.body().replaceAll("(?s)<template.*?</template>", "");
        assertThat(drawn)
            .as(tab.address())
            .contains("<a href=\"" + tab.address() + "\" aria-current=\"page\">")
            .contains("<html lang=\"" + language.tag() + "\">")
            .doesNotContain("{{", " style=", "javascript:", "http://", "https://");
        assertThat(page.header("Content-Security-Policy")).doesNotContain("unsafe");
      }
    }
  }

  @Test
  void forbidsThePageThatChecksReceiptsToConnectAnywhere() throws Exception {
    assertThat(get("/check", "Accept", "text/html").header("Content-Security-Policy"))
        .startsWith("default-src 'none';")
        .doesNotContain("connect-src");
    Answer alone = get("/check.html", "Accept", "text/html");

    assertThat(alone.header("Content-Disposition")).startsWith("attachment;");
    assertThat(alone.body())
        .contains("content=\"default-src &#39;none&#39;; script-src &#39;sha256-")
        .doesNotContain(" src=", "@import", "url(", "fetch(", "XMLHttpRequest");
    assertThat(alone.body().lines().filter(line -> line.startsWith("import "))).isEmpty();
    assertThat(alone.body().lines().filter(line -> line.startsWith("export "))).isEmpty();
  }

  @Test
  void keepsWhatWasAskedForWhenTheLanguageChanges() throws Exception {
    assertThat(get("/receipts?site=%22%3Ex&lang=en", "Accept", "text/html").body())
        .contains("href=\"?site=%22%3Ex&amp;lang=ja\"", "value=\"&quot;&gt;x\"");
  }

  @Test
  void saysWhichFieldOfASearchCannotBeRead() throws Exception {
    assertThat(get("/receipts?lang=en&from=yesterday", "Accept", "text/html").body())
        .contains("The value of “From (Japan time)” cannot be read");
    assertThat(get("/receipts?lang=en&id=rcpt_1", "Accept", "text/html").body())
        .contains("The value of “Id” cannot be read");
  }

  @Test
  void servesNothingElseFromBesideItsAssets() throws Exception {
    for (String path :
        new String[] {
          "/console/page.html", "/console/words_ja.properties", "/console/..%2fconsole.css",
          "/console/", "/console/ConsoleRoutes.class", "/console/sub/console.css"
        }) {
      assertThat(get(path, "Accept", "*/*").status()).as(path).isEqualTo(404);
    }
    assertThat(get("/console/console.css?v=old", "Accept", "*/*").header("Cache-Control"))
        .isEqualTo("private, no-cache");
  }

  @Test
  void streamsTheStateAndThenWhatHappens() throws Exception {
    HttpURLConnection stream = connect("/admin/v1/events", "Last-Event-ID", "17");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(stream.getContentType()).startsWith("text/event-stream");
      awaitLine(lines, "event: policy");
      awaitLine(lines, "event: totals");

      feed.requestStarted(Examples.started(99));

      awaitLine(lines, "event: request");
      assertThat(lines.readLine()).contains(Examples.started(99).id()).contains("\"started\"");
    }
  }

  private static void awaitLine(BufferedReader lines, String expected) throws IOException {
    String line = "";
    while (!line.equals(expected)) {
      line = lines.readLine();
      assertThat(line).as("the stream goes on until " + expected).isNotNull();
    }
  }

  private Answer get(String path, String header, String value) throws IOException {
    HttpURLConnection connection = connect(path, header, value);
    try (InputStream body =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return new Answer(connection, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private HttpURLConnection connect(String path, String header, String value) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + server.actualPort() + path);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setRequestProperty(header, value);
    return connection;
  }

  private record Answer(HttpURLConnection connection, String body) {
    int status() throws IOException {
      return connection.getResponseCode();
    }

    String header(String name) {
      return Optional.ofNullable(connection.getHeaderField(name)).orElse("");
    }
  }
}
