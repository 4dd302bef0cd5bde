package dejima.agent.http;

import dejima.agent.EngineRequest;
import dejima.agent.ErrorAnswer;
import dejima.agent.InferenceEngine;
import dejima.agent.PinnedTrust;
import dejima.agent.TlsIdentity;
import dejima.agent.config.AgentConfig;
import dejima.agent.config.AgentConfig.AttestationFiles;
import dejima.agent.location.LocationDesk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The agent's HTTPS server: mutual TLS 1.3 with pinned gateways, HTTP/1.1, eight routes.
///
/// It needs a [Vertx] with one event loop.
public final class AgentServer {
  private static final int HANDSHAKE_SECONDS = 5;
  private static final int IDLE_MINUTES = 30;
  private static final int LONGEST_LINE = 1024;
  private static final int LONGEST_HEADERS = 8 * 1024;

  private final HttpServer server;
  private final AgentConfig config;
  private final InferenceRoute inference;
  private final SiteStatus status;
  private final LocationRoute location;
  private final AttestationRoute attestation;

  /// A server that does not listen yet.
  ///
  /// @param location the site's part in being measured, if it is
  public AgentServer(
      Vertx vertx,
      AgentConfig config,
      TlsIdentity identity,
      InferenceEngine engine,
      Optional<LocationDesk> location,
      InstantSource clock) {
    Places places = new Places(config.limits().concurrent());
    SiteVoice voice = new SiteVoice(config.site().id(), identity, engine);
    this.config = config;
    this.location = new LocationRoute(vertx, location);
    this.attestation = new AttestationRoute(vertx, config.attestation());
    Unsealing unsealing =
        new Unsealing(
            config.site().id(),
            config.attestation().flatMap(AttestationFiles::sealingSecret),
            clock,
            new SecureRandom());
    this.inference = new InferenceRoute(vertx, engine, voice, config.limits(), places, unsealing);
    this.status =
        new SiteStatus(
            config.site(), engine, places, new Declarations(config.site(), identity, clock));
    this.server = vertx.createHttpServer(options(identity, config)).requestHandler(this::route);
  }

  /// Listens; gives the port, which the system chooses if the configuration says 0.
  public Future<Integer> listen() {
    return server
        .listen(config.listen().port(), config.listen().host())
        .map(HttpServer::actualPort);
  }

  /// Takes no more connections and waits for open answers as long as the limits say.
  public Future<Void> stop() {
    return server.shutdown(config.limits().drain());
  }

  private static HttpServerOptions options(TlsIdentity identity, AgentConfig config) {
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(false)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(identity.options())
        .setTrustOptions(PinnedTrust.in(config.gateways()).options())
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(IDLE_MINUTES)
        .setIdleTimeoutUnit(TimeUnit.MINUTES)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setTcpNoDelay(true);
  }

  private void route(HttpServerRequest request) {
    String wanted = request.method() + " " + request.path();
    switch (wanted) {
      case "POST " + EngineRequest.CHAT,
          "POST " + EngineRequest.COMPLETION,
          "POST " + EngineRequest.EMBEDDING ->
          inference.handle(request);
      case "GET /v1/models" -> Plain.json(request, status.models());
      case "GET /dejima/v1/status" -> Plain.json(request, status.document());
      case "GET " + AttestationRoute.PATH -> attestation.handle(request);
      case "POST " + LocationRoute.OPEN -> location.open(request);
      case "POST " + LocationRoute.COUNTERSIGN -> location.countersign(request);
      default -> Plain.refuse(request, unknown(request.method()));
    }
  }

  private static ErrorAnswer unknown(HttpMethod method) {
    return ErrorAnswer.invalid(
        404,
        "unknown_route",
        "This agent has no such "
            + method
            + " route; it serves POST /v1/chat/completions, /v1/completions and /v1/embeddings.");
  }
}
