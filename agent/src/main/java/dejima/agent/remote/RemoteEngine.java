package dejima.agent.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.EngineCapacity;
import dejima.agent.EngineReport;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.InferenceEngine;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An engine behind an URL that speaks OpenAI's dialect.
///
/// Bodies pass unchanged both ways. It follows no redirect, stays with the address that its host
/// had at start, and asks for the list of models every few seconds to know whether it is up.
public final class RemoteEngine implements InferenceEngine {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteEngine.class);
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration PROBE_WHEN_READY = Duration.ofSeconds(10);
  private static final Duration PROBE_WHEN_NOT = Duration.ofSeconds(2);
  private static final int CONNECT_MILLIS = 5000;
  private static final int KEEP_ALIVE_SECONDS = 3;
  private static final int NOT_FOUND = 404;

  private final Vertx vertx;
  private final Upstream upstream;
  private final Service service;
  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile Health health = new Health(EngineState.STARTING, List.of());
  private volatile boolean closed;

  /// What is served through this engine.
  ///
  /// @param name which engine, for the report
  /// @param models the models to serve; empty: all that it lists
  /// @param kinds what its models can be asked
  /// @param concurrent answers at the same time
  public record Service(String name, List<String> models, Set<ModelKind> kinds, int concurrent) {
    /// Keeps copies.
    public Service {
      models = List.copyOf(models);
      kinds = Set.copyOf(kinds);
    }
  }

  private record Health(EngineState state, List<ServedModel> models) {}

  /// Connects nowhere yet, but begins to ask for the list of models.
  public RemoteEngine(Vertx vertx, Upstream upstream, Service service) {
    this.vertx = vertx;
    this.upstream = upstream;
    this.service = service;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpNoDelay(true)
                .setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(service.concurrent() + 1));
    probe();
  }

  @Override
  public EngineReport report() {
    Health now = health;
    return new EngineReport(
        service.name(),
        "unknown",
        "an engine of the operator's behind " + upstream.url().getScheme(),
        now.state(),
        now.models(),
        new EngineCapacity(service.concurrent(), inFlight.get(), 0));
  }

  @Override
  public EngineCall start(EngineRequest request, AnswerSink sink) {
    inFlight.incrementAndGet();
    return RemoteCall.start(client, upstream, request, sink, inFlight::decrementAndGet);
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }

  private void probe() {
    if (closed) {
      return;
    }
    client
        .request(
            upstream.request(HttpMethod.GET, "/v1/models").setTimeout(PROBE_PATIENCE.toMillis()))
        .compose(request -> request.send().compose(this::health))
        .otherwise(failure -> new Health(EngineState.DOWN, List.of()))
        .onSuccess(seen -> {
          note(seen.state());
          health = seen;
          Duration pause = seen.state() == EngineState.READY ? PROBE_WHEN_READY : PROBE_WHEN_NOT;
          vertx.setTimer(pause.toMillis(), again -> probe());
        });
  }

  private Future<Health> health(HttpClientResponse response) {
    return response
        .body()
        .map(body -> {
          boolean listed = response.statusCode() == 200;
          Optional<List<ServedModel>> models =
              listed ? ModelList.read(json, body.getBytes(), service.kinds()) : Optional.empty();
          boolean ready =
              models.isPresent()
                  || (response.statusCode() == NOT_FOUND && !service.models().isEmpty());
          return ready
              ? new Health(EngineState.READY, served(models.orElse(List.of())))
              : new Health(EngineState.DOWN, List.of());
        });
  }

  private void note(EngineState state) {
    if (state != health.state()) {
      LOG.atInfo()
          .addKeyValue("engine", service.name())
          .addKeyValue("state", state)
          .log("engine state");
    }
  }

  private List<ServedModel> served(List<ServedModel> listed) {
    if (service.models().isEmpty()) {
      return listed;
    }
    return service.models().stream()
        .map(name ->
            listed.stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .orElseGet(() -> unlisted(name)))
        .toList();
  }

  private ServedModel unlisted(String name) {
    return new ServedModel(name, Optional.empty(), service.kinds(), OptionalInt.empty());
  }
}
