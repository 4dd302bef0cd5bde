package dejima.server.postgres;

import dejima.server.keys.KeyStore;
import dejima.server.keys.KeyStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class PostgresKeyStoreTest extends KeyStoreContract {
  @TempDir private static Path directory;
  private static Database database;

  @BeforeAll
  static void start() {
    database = Database.embeddedIn(directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  protected KeyStore store() {
    database.jdbi().useHandle(handle -> handle.execute("TRUNCATE api_key, project, tenant"));
    return new PostgresKeyStore(database);
  }
}
