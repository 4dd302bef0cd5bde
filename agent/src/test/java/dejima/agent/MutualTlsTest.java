package dejima.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MutualTlsTest {
  private static final Set<String> TLS13 = Set.of("TLSv1.3");

  @TempDir private Path directory;
  private Vertx vertx;
  private TlsIdentity site;
  private TlsIdentity gateway;
  private HttpServer server;

  @BeforeEach
  void startsASiteThatPinsItsGateway() throws Exception {
    vertx = Vertx.vertx();
    site = identity("site");
    gateway = identity("gateway");
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setEnabledSecureTransportProtocols(TLS13)
            .setClientAuth(ClientAuth.REQUIRED)
            .setKeyCertOptions(site.options())
            .setTrustOptions(PinnedTrust.in(gateway.pin()).options());
    server =
        await(
            vertx
                .createHttpServer(options)
                .requestHandler(request -> request.response().end("ok"))
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stops() throws Exception {
    await(vertx.close());
  }

  @Test
  void letsThePinnedPairTalk() throws Exception {
    assertThat(get(gateway, site.pin())).isEqualTo("ok");
  }

  @Test
  void refusesAnUnpinnedGateway() {
    assertThatThrownBy(() -> get(identity("stranger"), site.pin()))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  void refusesAnUnpinnedSite() {
    assertThatThrownBy(() -> get(gateway, gateway.pin()))
        .isInstanceOf(ExecutionException.class)
        .rootCause()
        .hasMessageContaining("not pinned");
  }

  private String get(TlsIdentity identity, PinnedKey pin) throws Exception {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(false)
            .setEnabledSecureTransportProtocols(TLS13)
            .setKeyCertOptions(identity.options())
            .setTrustOptions(PinnedTrust.in(pin).options());
    HttpClient client = vertx.createHttpClient(options);
    try {
      return await(
          client
              .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
              .compose(request -> request.send())
              .compose(response -> response.body())
              .map(Buffer::toString));
    } finally {
      await(client.close());
    }
  }

  private TlsIdentity identity(String name) {
    return TlsIdentity.inDirectory(
        directory.resolve(name), name, InstantSource.fixed(Instant.EPOCH));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
