package dejima.agent.http;

import dejima.agent.InferenceEngine;
import dejima.agent.PinnedKey;
import dejima.agent.PinnedTrust;
import dejima.agent.TlsIdentity;
import dejima.agent.config.AgentConfig;
import dejima.agent.config.EngineSettings;
import dejima.agent.config.Limits;
import dejima.agent.location.LocationDesk;
import dejima.evidence.Commitment;
import dejima.residency.Control;
import dejima.residency.Country;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A site's server on loopback with a gateway's client that it pins.
final class RunningSite {
  static final String RECEIPT = "rcpt_01JD0000000000000000000000";
  static final byte[] SALT = new byte[Commitment.SALT_LENGTH];

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Path directory;
  private final TlsIdentity identity;
  private final AgentServer server;
  private final HttpClient client;
  private final int port;

  RunningSite(Path directory, InferenceEngine engine, Limits limits) throws Exception {
    this(directory, engine, limits, _ -> Optional.empty());
  }

  RunningSite(
      Path directory,
      InferenceEngine engine,
      Limits limits,
      Function<TlsIdentity, Optional<LocationDesk>> location)
      throws Exception {
    this.directory = directory;
    this.identity = identity("site");
    TlsIdentity gateway = identity("gateway");
    AgentConfig config =
        new AgentConfig(
            new AgentConfig.Site("s1", "例 K.K.", Country.JAPAN, Control.DOMESTIC, "", true),
            new AgentConfig.Listen("127.0.0.1", 0),
            directory,
            Set.of(gateway.pin()),
            new EngineSettings.Builtin(),
            Optional.empty(),
            Optional.of(
                new AgentConfig.AttestationFiles(
                    directory.resolve("nonce"),
                    Optional.of(directory.resolve("report.bin")),
                    Optional.of(directory.resolve("chain.pem")),
                    Optional.empty(),
                    Optional.of(directory.resolve("gpu.json")),
                    Optional.empty(),
                    Optional.of(directory.resolve("seal.key")))),
            limits);
    this.server =
        new AgentServer(vertx, config, identity, engine, location.apply(identity), clock());
    this.port = await(server.listen());
    this.client = client(gateway, identity.pin());
  }

  record Answer(HttpClientResponse response, Buffer body) {}

  TlsIdentity identity() {
    return identity;
  }

  AgentServer server() {
    return server;
  }

  HttpClient stranger() {
    return client(identity("stranger"), identity.pin());
  }

  Answer post(String body) throws Exception {
    return answer(
        client.request(chat()).compose(request -> waiting(request).send(Buffer.buffer(body))));
  }

  Answer get(String path) throws Exception {
    return answer(
        client.request(at(HttpMethod.GET, path)).compose(request -> waiting(request).send()));
  }

  /// A request with the headers that a gateway sends.
  RequestOptions chat() {
    return at(HttpMethod.POST, "/v1/chat/completions")
        .putHeader(GatewayHeaders.RECEIPT, RECEIPT)
        .putHeader(GatewayHeaders.ATTEMPT, "1")
        .putHeader(GatewayHeaders.SALT, Base64.getEncoder().encodeToString(SALT));
  }

  RequestOptions at(HttpMethod method, String path) {
    return new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI(path);
  }

  HttpClient client() {
    return client;
  }

  /// The same request; its answer's body will wait until this thread is there to take it.
  static HttpClientRequest waiting(HttpClientRequest request) {
    request.response().onSuccess(HttpClientResponse::pause);
    return request;
  }

  /// The whole answer to a request that was made [#waiting].
  Answer answer(Future<HttpClientResponse> future) throws Exception {
    return await(
        future.compose(response -> {
          Future<Buffer> body = response.body();
          response.resume();
          return body.map(bytes -> new Answer(response, bytes));
        }));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  void stop() throws Exception {
    await(vertx.close());
  }

  private HttpClient client(TlsIdentity gateway, PinnedKey pin) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(false)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setKeyCertOptions(gateway.options())
            .setTrustOptions(PinnedTrust.in(pin).options()));
  }

  private TlsIdentity identity(String name) {
    return TlsIdentity.inDirectory(directory.resolve(name), name, clock());
  }

  private static InstantSource clock() {
    return InstantSource.fixed(Instant.EPOCH);
  }
}
