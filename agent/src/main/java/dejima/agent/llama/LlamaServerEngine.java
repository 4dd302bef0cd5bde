package dejima.agent.llama;

import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.EngineCapacity;
import dejima.agent.EngineReport;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.ErrorAnswer;
import dejima.agent.InferenceEngine;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import dejima.agent.config.EngineSettings.LlamaServer;
import dejima.agent.remote.RemoteEngine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A `llama-server` that the agent starts, watches and restarts, with growing pauses when it keeps
/// dying.
///
/// The model's control tokens are broken up in what users send, so that no text can pretend to be
/// another speaker's turn.
public final class LlamaServerEngine implements InferenceEngine {
  private static final Logger LOG = LoggerFactory.getLogger(LlamaServerEngine.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);
  private static final Duration READY_POLL = Duration.ofMillis(50);

  private final Vertx vertx;
  private final LlamaServer settings;
  private final ControlTokens controlTokens;
  private final SecureRandom random = new SecureRandom();
  private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
  private final CompletableFuture<String> digest;
  private final Thread supervisor;
  private volatile Optional<RemoteEngine> serving = Optional.empty();

  /// Reads the model's header and starts the program; requests are served once both the model is
  /// loaded and its digest is known.
  ///
  /// @throws dejima.agent.EngineUnavailable if the model is no GGUF file
  public LlamaServerEngine(Vertx vertx, LlamaServer settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.controlTokens = GgufHeader.of(settings.model()).controlTokens();
    this.digest =
        CompletableFuture.supplyAsync(
            () -> FileDigest.of(settings.model()), Thread::startVirtualThread);
    this.supervisor = Thread.ofVirtual().name("llama-server").start(this::supervise);
  }

  @Override
  public EngineReport report() {
    return serving
        .map(RemoteEngine::report)
        .map(remote -> report(remote.state(), digested(remote.models()), remote.capacity()))
        .orElseGet(() -> report(EngineState.STARTING, List.of(), idle()));
  }

  @Override
  public EngineCall start(EngineRequest request, AnswerSink sink) {
    Optional<RemoteEngine> engine = serving;
    if (engine.isEmpty()) {
      sink.broken("llama-server is not running");
      return () -> {};
    }
    try {
      byte[] body = controlTokens.breakUp(request.body());
      return engine.get().start(new EngineRequest(request.path(), body), sink);
    } catch (IOException malformed) {
      ErrorAnswer error =
          ErrorAnswer.invalid(400, "unreadable_request", "The body is not well-formed JSON.");
      sink.head(error.status(), "application/json");
      sink.body(error.body());
      sink.end();
      return () -> {};
    }
  }

  @Override
  public void close() {
    closed.complete(true);
    try {
      supervisor.join(CLOSE_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    Duration pause = FIRST_PAUSE;
    do {
      long born = System.nanoTime();
      try {
        liveWith(ServerProcess.launch(settings, random));
      } catch (IOException | CompletionException failure) {
        LOG.error("llama-server cannot be started: {}", failure.getMessage());
      }
      boolean livedLong = System.nanoTime() - born > LONG_LIFE.toNanos();
      pause = livedLong ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    } while (!closedWithin(pause));
  }

  private void liveWith(ServerProcess server) {
    try {
      while (server.alive() && !server.ready()) {
        if (closedWithin(READY_POLL)) {
          return;
        }
      }
      if (server.alive()) {
        serve(server);
      }
      if (!closed.isDone()) {
        LOG.error("llama-server ended and is started again; it said: {}", server.lastLines());
      }
    } finally {
      server.stop();
    }
  }

  private void serve(ServerProcess server) {
    Set<ModelKind> kinds =
        settings.arguments().stream().anyMatch(argument -> argument.startsWith("--embedding"))
            ? EnumSet.of(ModelKind.EMBEDDING)
            : EnumSet.of(ModelKind.CHAT, ModelKind.COMPLETION);
    digest.join();
    RemoteEngine remote =
        new RemoteEngine(
            vertx,
            server.upstream(),
            new RemoteEngine.Service(
                "llama-server", List.of(settings.name()), kinds, settings.slots()));
    serving = Optional.of(remote);
    try {
      CompletableFuture.anyOf(server.exit(), closed).join();
    } finally {
      serving = Optional.empty();
      remote.close();
    }
  }

  private boolean closedWithin(Duration pause) {
    return closed.copy().completeOnTimeout(false, pause.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private EngineReport report(
      EngineState state, List<ServedModel> models, EngineCapacity capacity) {
    return new EngineReport(
        "llama-server", "unknown", "an operator's model in llama.cpp", state, models, capacity);
  }

  private List<ServedModel> digested(List<ServedModel> models) {
    return models.stream()
        .map(model ->
            new ServedModel(
                model.id(), Optional.of(digest.join()), model.kinds(), model.contextLength()))
        .toList();
  }

  private EngineCapacity idle() {
    return new EngineCapacity(settings.slots(), 0, 0);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
