package dejima.bench.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The API key that the load uses. It is made once in a run directory, through the admin plane of a
/// server that is started for that alone.
///
/// @param directory the run directory
/// @param command how the server is started
/// @param admin its admin port
record DejimaKey(Path directory, List<String> command, int admin) {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String REQUEST =
      """
      {"tenant":"bench","project":"bench","requestsPerMinute":0,"tokensPerMinute":0,"concurrent":0}\
      """;

  String text() {
    Path file = directory.resolve("key");
    return Files.exists(file) ? Java.read(file) : Java.read(Workshop.write(file, made()));
  }

  private String made() {
    Process server = start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end && server.isAlive()) {
        String key = ask(client);
        if (!key.isEmpty()) {
          return key;
        }
        LockSupport.parkNanos(PAUSE);
      }
      throw new NotStartedException("dejima", directory);
    } finally {
      stop(server);
    }
  }

  private Process start() {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile());
    builder.environment().putAll(Dejima.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("./dejima cannot be started", e);
    }
  }

  /// A new key, or an empty text while the server is not ready.
  private String ask(HttpClient client) {
    try {
      String token = Files.readString(directory.resolve("data/admin.token")).strip();
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/admin/v1/keys"))
              .header("authorization", "Bearer " + token)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
              .build();
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(answer).path("key").asText();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static void stop(Process server) {
    server.destroy();
    try {
      if (!server.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
