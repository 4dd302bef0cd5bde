package dejima.server;

import dejima.server.config.ServerConfig;
import dejima.server.postgres.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// The database while it starts. The embedded one takes longer than everything else, which is built
/// meanwhile.
final class StartingDatabase {
  private final CompletableFuture<Database> starting;

  StartingDatabase(ServerConfig config, Executor background) {
    this.starting = CompletableFuture.supplyAsync(() -> database(config), background);
  }

  private static Database database(ServerConfig config) {
    return config
        .database()
        .map(external ->
            Database.at(external.url(), external.user(), DataDirectory.password(external)))
        .orElseGet(() -> Database.embeddedIn(config.data().resolve("postgres")));
  }

  /// The database, once it is there.
  ///
  /// @throws RuntimeException saying why it did not start
  Database await() {
    try {
      return starting.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
