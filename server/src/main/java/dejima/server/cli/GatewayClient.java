package dejima.server.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Plain requests to a running server, from the command line.
public final class GatewayClient {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String credential;

  /// @param base address of the gateway or of the admin plane
  /// @param credential API key or admin token
  public GatewayClient(URI base, String credential) {
    this.base = base;
    this.credential = credential;
  }

  /// GET.
  public HttpResponse<InputStream> get(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /// DELETE.
  HttpResponse<InputStream> delete(String path) {
    return send(request(path).DELETE());
  }

  /// POST of JSON.
  public HttpResponse<InputStream> post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /// GET from a byte on.
  HttpResponse<InputStream> getFrom(String path, long first) {
    return send(request(path).header("Range", "bytes=" + first + "-").GET());
  }

  /// POST of a file.
  HttpResponse<InputStream> upload(String path, Path file, String... headers)
      throws FileNotFoundException {
    return send(
        request(path)
            .header("Content-Type", "application/gzip")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofFile(file)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + credential);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException unreachable) {
      throw new CommandFailed(
          "No Dejima answers at "
              + base
              + ". Start one with './dejima demo' or './dejima serve', or name another address.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("stopped");
    }
  }

  /// The whole body as text.
  static String text(HttpResponse<InputStream> response) {
    return new String(bytes(response), StandardCharsets.UTF_8);
  }

  /// The whole body.
  static byte[] bytes(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return body.readAllBytes();
    } catch (IOException broken) {
      throw new CommandFailed("The answer broke off: " + broken.getMessage());
    }
  }

  /// The body of an answer that must be a success.
  public static String expect(HttpResponse<InputStream> response) {
    String text = text(response);
    if (response.statusCode() >= 400) {
      throw new CommandFailed(Errors.message(response.statusCode(), text));
    }
    return text;
  }
}
