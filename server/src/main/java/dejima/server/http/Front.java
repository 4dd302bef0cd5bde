package dejima.server.http;

import dejima.evidence.ReceiptForm;
import dejima.gateway.Credential;
import dejima.gateway.Dialect;
import dejima.gateway.KeyRing;
import dejima.gateway.Problem;
import dejima.gateway.Route;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/// The door of the public listener: it tells inference from the other paths and authenticates
/// whoever asks for a model. Nothing but health, the public log and its key is open to anybody.
final class Front implements Handler<HttpServerRequest> {
  private static final String BEARER = "Bearer ";

  private final Exchanges shared;
  private final LoopResources loop;
  private final Models models;
  private final PublicFiles files;
  private final Receipts receipts;
  private final SealingKeys sealingKeys;
  private final ConnectionWatch connections;

  Front(
      Exchanges shared,
      LoopResources loop,
      Models models,
      PublicFiles files,
      Receipts receipts,
      SealingKeys sealingKeys,
      ConnectionWatch connections) {
    this.shared = shared;
    this.loop = loop;
    this.models = models;
    this.files = files;
    this.receipts = receipts;
    this.sealingKeys = sealingKeys;
    this.connections = connections;
  }

  @Override
  public void handle(HttpServerRequest request) {
    long arrivedAt = System.nanoTime();
    connections.begun(request);
    Optional<Problem> fault = StrictHead.fault(request);
    String path = request.path();
    if (fault.isPresent()) {
      StrictHead.refuse(request, fault.get());
    } else if (path == null) {
      Answers.text(request.response(), 400, "The request has no path.\n");
    } else if (path.startsWith("/v1/receipts/")) {
      authenticated(
          request, Dialect.OPENAI, credential -> receipt(request, credential, path.substring(13)));
    } else if (path.equals(SealingKeys.PATH) && request.method().equals(HttpMethod.GET)) {
      authenticated(request, Dialect.OPENAI, _ -> sealingKeys.list(request.response()));
    } else if (path.startsWith("/v1/") || path.startsWith("/openai/")) {
      inference(request, path, arrivedAt);
    } else {
      files.serve(request, path);
    }
  }

  private void receipt(HttpServerRequest request, Credential credential, String id) {
    ReceiptForm form = Receipts.form(Optional.ofNullable(request.getHeader("Accept")));
    shared
        .background()
        .execute(() -> {
          Receipts.Answer answer = receipts.find(credential, id, form);
          loop.context().runOnContext(_ -> Receipts.write(request.response(), answer));
        });
  }

  private void inference(HttpServerRequest request, String path, long arrivedAt) {
    String version = request.query() == null ? "" : Route.apiVersion(request.query());
    Route route = Route.of(request.method().name(), path, version);
    authenticated(
        request, route.dialect(), credential -> go(request, route, credential, arrivedAt));
  }

  private void go(HttpServerRequest request, Route route, Credential credential, long arrivedAt) {
    switch (route) {
      case Route.Inference inference ->
          new InferenceIntake(shared, loop, request, inference, credential, arrivedAt).start();
      case Route.Models _ -> models.list(request.response());
      case Route.Model(Dialect dialect, String id) -> models.one(request.response(), dialect, id);
      case Route.Unusable(Dialect dialect, Problem problem) ->
          Answers.problem(request.response(), dialect, problem);
    }
  }

  private void authenticated(
      HttpServerRequest request, Dialect dialect, Consumer<Credential> next) {
    switch (shared.keys().check(presentedKey(request), shared.clock().instant())) {
      case KeyRing.Check.Known(Credential credential) -> next.accept(credential);
      case KeyRing.Check.Refused refused -> {
        Problem told =
            shared.keys().answer(refused, request.remoteAddress().hostAddress(), System.nanoTime());
        shared.observer().rejected(told);
        Answers.problem(request.response(), dialect, told);
      }
    }
  }

  /// The key as either dialect's clients send it.
  private static Optional<String> presentedKey(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    return Optional.ofNullable(request.getHeader("api-key"));
  }
}
