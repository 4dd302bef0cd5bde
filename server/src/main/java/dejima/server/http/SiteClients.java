package dejima.server.http;

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

  private final Map<String, HttpClientAgent> bySite = new HashMap<>();

  SiteClients(Vertx vertx, List<SiteConnection> sites, TlsIdentity identity, Timeouts timeouts) {
    for (SiteConnection site : sites) {
      bySite.put(
          site.state().facts().id(),
          vertx.createHttpClient(
              options(site, identity, timeouts),
              new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS)));
    }
  }

  HttpClientAgent of(SiteConnection site) {
    HttpClientAgent client = bySite.get(site.state().facts().id());
    if (client == null) {
      throw new IllegalArgumentException("not a site of this table");
    }
    return client;
  }

  private static HttpClientOptions options(
      SiteConnection site, TlsIdentity identity, Timeouts timeouts) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setVerifyHost(false)
        .setKeyCertOptions(identity.options())
        .setTrustOptions(PinnedTrust.in(site.config().pin()).options())
        .setConnectTimeout((int) timeouts.connect().toMillis())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setTcpNoDelay(true)
        .setDecompressionSupported(false);
  }

  @Override
  public void close() {
    bySite.values().forEach(HttpClientAgent::close);
  }
}
