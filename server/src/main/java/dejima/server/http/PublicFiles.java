package dejima.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the public listener gives to anybody: the log's static files as C2SP tlog-tiles names them,
/// the log's key, and whether the node is alive and ready.
final class PublicFiles {
  private static final Pattern LOG_FILE =
      Pattern.compile(
          "checkpoint(\\.cosigned)?|tile/(entries|[0-9]{1,2})(/x[0-9]{3}){0,6}/[0-9]{3}(\\.p/[0-9]{1,3})?");
  private static final String LOG = "/log/";

  private final Path log;
  private final Map<String, String> notices;
  private final Health health;

  /// @param log directory of the log's static files
  /// @param notices texts that anybody may read, by their paths
  PublicFiles(Path log, Map<String, String> notices, Health health) {
    this.log = log;
    this.notices = Map.copyOf(notices);
    this.health = health;
  }

  void serve(HttpServerRequest request, String path) {
    HttpServerResponse response = request.response();
    switch (path) {
      case "/" -> Answers.text(response, 200, welcome());
      case "/healthz" -> Answers.text(response, 200, "alive\n");
      case "/readyz" -> ready(response);
      case String notice when notices.containsKey(notice) ->
          Answers.text(response, 200, notices.getOrDefault(notice, ""));
      case String file when file.startsWith(LOG) -> logFile(response, file.substring(LOG.length()));
      default -> Answers.text(response, 404, "There is nothing at this path.\n" + welcome());
    }
  }

  private static String welcome() {
    return """
    Dejima gateway. Clients speak OpenAI's API below /v1/ and Azure OpenAI's below /openai/.
    The evidence log is at /log/checkpoint, its key at /log/keys. The console is on the admin
    address, which './dejima serve' prints when it starts.
    """;
  }

  private void ready(HttpServerResponse response) {
    List<String> obstacles = health.obstacles();
    if (obstacles.isEmpty()) {
      Answers.text(response, 200, String.join("\n", ready()) + "\n");
    } else {
      Answers.text(response, 503, "not ready\n" + String.join("\n", obstacles) + "\n");
    }
  }

  private List<String> ready() {
    return Stream.concat(Stream.of("ready"), health.remarks().get().stream()).toList();
  }

  private void logFile(HttpServerResponse response, String name) {
    if (!LOG_FILE.matcher(name).matches() || !Files.isRegularFile(log.resolve(name))) {
      Answers.text(response, 404, "The log has no such file.\n");
      return;
    }
    boolean checkpoint = name.startsWith("checkpoint");
    response
        .putHeader(
            "Content-Type", checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream")
        .putHeader("Cache-Control", checkpoint ? "no-cache" : "public, max-age=31536000, immutable")
        .sendFile(log.resolve(name).toString());
  }
}
