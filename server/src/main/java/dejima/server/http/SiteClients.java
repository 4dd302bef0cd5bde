package dejima.server.http;

import dejima.agent.PinnedKey;
import dejima.agent.PinnedTrust;
import dejima.agent.TlsIdentity;
import dejima.server.config.ServerConfig.Timeouts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One event loop's connections to every site: mutual TLS 1.3, each end pinned to the other's key,
/// kept alive, no redirect followed.
final class SiteClients implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 4_096;
  private static final int KEEP_ALIVE_SECONDS = 55;

  private final Map<Door, HttpClientAgent> byDoor = new HashMap<>();

  /// A site under one of its keys.
  private record Door(String site, String pin) {}

  SiteClients(Vertx vertx, List<SiteConnection> sites, TlsIdentity identity, Timeouts timeouts) {
    for (SiteConnection site : sites) {
      for (PinnedKey pin : site.config().pins()) {
        byDoor.put(
            new Door(site.state().id(), pin.text()),
            vertx.createHttpClient(
                options(pin, identity, timeouts),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS)));
      }
    }
  }

  /// The connections to a site under the key with which it answers now.
  HttpClientAgent of(SiteConnection site) {
    return of(site, site.state().pin());
  }

  /// The connections to a site under this key and no other.
  HttpClientAgent of(SiteConnection site, String pin) {
    HttpClientAgent client = byDoor.get(new Door(site.state().id(), pin));
    if (client == null) {
      throw new IllegalArgumentException("not a site of this table");
    }
    return client;
  }

  private static HttpClientOptions options(PinnedKey pin, TlsIdentity identity, Timeouts timeouts) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setVerifyHost(false)
        .setKeyCertOptions(identity.options())
        .setTrustOptions(PinnedTrust.in(pin).options())
        .setConnectTimeout((int) timeouts.connect().toMillis())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setTcpNoDelay(true)
        .setDecompressionSupported(false);
  }

  @Override
  public void close() {
    byDoor.values().forEach(HttpClientAgent::close);
  }
}
