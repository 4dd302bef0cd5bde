package dejima.agent.remote;

import dejima.agent.EngineUnavailable;
import dejima.agent.config.EngineSettings.OpenAi;
import dejima.agent.config.EngineSettings.Patience;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where an engine is, resolved once: a later answer of the name service cannot lead requests
/// elsewhere.
///
/// @param url its root; the host is still named in the request and checked in its certificate
/// @param address where connections go
/// @param key its API key
/// @param patience how long to wait for it
public record Upstream(URI url, InetAddress address, ApiKey key, Patience patience) {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /// Resolves the host and reads the key.
  ///
  /// @throws EngineUnavailable if either fails
  public static Upstream of(OpenAi settings) {
    ApiKey key =
        settings
            .keyFile()
            .map(file -> new ApiKey(settings.keyHeader(), secret(file)))
            .orElse(ApiKey.NONE);
    return new Upstream(settings.url(), resolve(settings.url()), key, settings.patience());
  }

  /// A request to a path such as `/v1/models`.
  RequestOptions request(HttpMethod method, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setServer(SocketAddress.inetSocketAddress(port(), address.getHostAddress()))
            .setHost(url.getHost())
            .setPort(port())
            .setSsl(tls())
            .setURI(below(path))
            .setFollowRedirects(false);
    return key.secret().isEmpty() ? options : options.putHeader(key.name(), key.value());
  }

  private boolean tls() {
    return "https".equals(url.getScheme());
  }

  private int port() {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return tls() ? HTTPS_PORT : HTTP_PORT;
  }

  private String below(String path) {
    String root = url.getRawPath().replaceFirst("/+$", "");
    return root.isEmpty() ? path : root + path.substring("/v1".length());
  }

  private static InetAddress resolve(URI url) {
    try {
      return InetAddress.getByName(url.getHost());
    } catch (UnknownHostException unknown) {
      throw new EngineUnavailable(
          "the engine's host "
              + url.getHost()
              + " is unknown: check engine.url and the name service",
          unknown);
    }
  }

  private static String secret(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new EngineUnavailable("the engine's API key cannot be read from " + file, failure);
    }
  }
}
