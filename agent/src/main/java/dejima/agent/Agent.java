package dejima.agent;

import dejima.agent.builtin.BuiltinEngine;
import dejima.agent.builtin.BuiltinSettings;
import dejima.agent.config.AgentConfig;
import dejima.agent.config.EngineSettings;
import dejima.agent.http.AgentServer;
import dejima.agent.llama.LlamaServerEngine;
import dejima.agent.location.LocationDesk;
import dejima.agent.remote.RemoteEngine;
import dejima.agent.remote.Upstream;
import dejima.location.Responder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A running agent: the site's key, the engine and the server before it, assembled top to bottom.
final class Agent implements AutoCloseable {
  private static final Duration LISTEN_PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BUILTIN = 64;
  private static final int WAITING = 16;
  private static final Duration CLOSE_MARGIN = Duration.ofSeconds(5);

  private final AgentConfig config;
  private final Vertx vertx;
  private final TlsIdentity identity;
  private final InferenceEngine engine;
  private final Optional<Responder> responder;
  private final AgentServer server;
  private int port;

  private Agent(AgentConfig config, InstantSource clock) {
    this.config = config;
    this.identity = TlsIdentity.inDirectory(config.identity(), config.site().id(), clock);
    this.responder = config.location().map(Agent::responder);
    this.vertx = vertx();
    this.engine = engine(clock);
    this.server = new AgentServer(vertx, config, identity, engine, desk(), clock);
  }

  /// Starts an agent and waits until it listens.
  ///
  /// @throws IdentityUnavailable if the site's key cannot be used
  /// @throws EngineUnavailable if the engine cannot be set up
  /// @throws AddressUnavailable if nothing can listen at the address
  static Agent start(AgentConfig config, InstantSource clock) {
    Agent agent = new Agent(config, clock);
    try {
      agent.port = within(LISTEN_PATIENCE, agent.server.listen());
      return agent;
    } catch (CompletionException failure) {
      agent.close();
      throw new AddressUnavailable(config.listen(), failure);
    }
  }

  /// The port that it listens on.
  int port() {
    return port;
  }

  /// The pin by which gateways know the site.
  PinnedKey pin() {
    return identity.pin();
  }

  /// Takes no more connections, lets open answers finish as long as the limits say, then frees
  /// everything.
  @Override
  public void close() {
    Duration drain = config.limits().drain();
    try {
      within(drain.plus(CLOSE_MARGIN), server.stop());
    } catch (CompletionException late) {
      // whatever is still open is closed by what follows
    }
    engine.close();
    responder.ifPresent(Responder::close);
    vertx.close();
  }

  private static Responder responder(AgentConfig.Location location) {
    AgentConfig.Listen listen = location.listen();
    try {
      return Responder.at(new InetSocketAddress(listen.host(), listen.port()), System::nanoTime);
    } catch (UncheckedIOException | IllegalArgumentException refused) {
      throw new AddressUnavailable(listen, refused);
    }
  }

  private Optional<LocationDesk> desk() {
    return responder.flatMap(open ->
        config
            .location()
            .map(location ->
                new LocationDesk(
                    config.site().id(), identity, location.landmarks(), open, System::nanoTime)));
  }

  /// The UDP port that landmarks ask, if the site is measured.
  Optional<Integer> locationPort() {
    return responder.map(Responder::port);
  }

  private InferenceEngine engine(InstantSource clock) {
    int concurrent = config.limits().concurrent();
    return switch (config.engine()) {
      case EngineSettings.Builtin builtin ->
          BuiltinEngine.start(
              new BuiltinSettings(
                  Math.min(concurrent, MOST_BUILTIN), WAITING, clock, new SecureRandom()));
      case EngineSettings.LlamaServer llama -> new LlamaServerEngine(vertx, llama);
      case EngineSettings.OpenAi openAi ->
          new RemoteEngine(
              vertx,
              Upstream.of(openAi),
              new RemoteEngine.Service(
                  "openai", openAi.models(), EnumSet.allOf(ModelKind.class), concurrent));
    };
  }

  private static Vertx vertx() {
    FileSystemOptions files =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(files));
  }

  private static <T> T within(Duration patience, Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
