package dejima.audit.monitor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

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
              HttpRequest.newBuilder(address)
                  .timeout(LONGEST)
                  .header("Accept-Encoding", "gzip, identity")
                  .build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_FILE));
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(plain(answer, address));
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

  /// Logs may compress what they serve, asked or not (C2SP tlog-tiles, "Log entries").
  private static byte[] plain(HttpResponse<byte[]> answer, URI address) throws IOException {
    String coding = answer.headers().firstValue("Content-Encoding").orElse("identity");
    if (coding.equalsIgnoreCase("identity")) {
      return answer.body();
    }
    if (!coding.equalsIgnoreCase("gzip")) {
      throw new SourceUnavailable(
          address + " is encoded as " + coding + ", which is not read here");
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      byte[] plain = in.readNBytes(LONGEST_FILE + 1);
      if (plain.length > LONGEST_FILE) {
        throw new SourceUnavailable(address + " is longer than any file of a log");
      }
      return plain;
    }
  }
}
