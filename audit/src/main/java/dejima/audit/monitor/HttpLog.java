package dejima.audit.monitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// A log on HTTP.
record HttpLog(URI prefix, HttpClient http) implements LogSource {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int LONGEST_FILE = 1 << 24;

  @Override
  public Optional<byte[]> file(String path) {
    String base = prefix.toString();
    URI address = URI.create((base.endsWith("/") ? base : base + "/") + path);
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(LONGEST).build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_FILE));
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(answer.body());
        case 404, 410 -> Optional.empty();
        default -> throw new SourceUnavailable(address + " answers " + answer.statusCode());
      };
    } catch (IOException unreachable) {
      throw new SourceUnavailable(address + " cannot be read: " + unreachable.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SourceUnavailable("interrupted");
    }
  }
}
