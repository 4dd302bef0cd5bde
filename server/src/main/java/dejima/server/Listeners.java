package dejima.server;

import dejima.server.admin.AdminListener;
import dejima.server.config.ServerConfig;
import dejima.server.http.PublicListener;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The event loops and what listens on them: one loop for the admin plane, the others for clients.
final class Listeners implements AutoCloseable {
  private static final int LONGEST_SECONDS = 60;

  private final ServerConfig config;
  private final Vertx vertx;

  /// Makes the loops; nothing listens yet.
  Listeners(ServerConfig config) {
    this.config = config;
    this.vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(config.limits().eventLoops() + 1)
                    .setPreferNativeTransport(true)
                    .setFileSystemOptions(
                        new FileSystemOptions()
                            .setFileCachingEnabled(false)
                            .setClassPathResolvingEnabled(false)))
            .build();
  }

  /// Opens all of them; when it returns, both ports are open.
  ///
  /// @param clients what the clients' loops share
  /// @throws PortUnavailable if a port cannot be had
  void open(PublicListener.Parts clients, AdminListener admin) {
    List<Future<?>> opening = new ArrayList<>();
    for (int i = 0; i < config.limits().eventLoops(); i++) {
      opening.add(
          vertx.deployVerticle(new PublicListener(clients, i == 0), new DeploymentOptions()));
    }
    opening.add(vertx.deployVerticle(admin, new DeploymentOptions()));
    try {
      await(Future.all(opening));
    } catch (RuntimeException failed) {
      throw new PortUnavailable(config, failed);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static void await(Future<?> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
