package dejima.server.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/// A migrated PostgreSQL database, embedded or external.
public final class Database implements AutoCloseable {
  private static final int POOL = 8;
  private static final long CONNECT_MILLIS = 3_000;

  private final HikariDataSource pool;
  private final Optional<EmbeddedPostgres> embedded;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool, Optional<EmbeddedPostgres> embedded) {
    this.pool = pool;
    this.embedded = embedded;
    this.jdbi = Jdbi.create(pool);
  }

  /// Starts the embedded server on a free loopback port and keeps its data in `directory`.
  public static Database embeddedIn(Path directory) {
    EmbeddedPostgres server = start(directory);
    try {
      return migrated(
          server.getJdbcUrl("postgres", "postgres"), "postgres", "", Optional.of(server));
    } catch (RuntimeException failed) {
      stop(server);
      throw failed;
    }
  }

  /// Connects to a server that runs elsewhere.
  public static Database at(String url, String user, String password) {
    return migrated(url, user, password, Optional.empty());
  }

  private static Database migrated(
      String url, String user, String password, Optional<EmbeddedPostgres> embedded) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(POOL);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setPoolName("dejima");
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (RuntimeException unreachable) {
      throw new DatabaseUnavailable(
          "PostgreSQL does not answer at "
              + withoutQuery(url)
              + ". Start it, or correct"
              + " 'database.url', 'database.user' and 'database.passwordFile'.",
          unreachable);
    }
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:dejima/server/postgres/migrations")
          .load()
          .migrate();
      return new Database(pool, embedded);
    } catch (RuntimeException failed) {
      pool.close();
      throw failed;
    }
  }

  /// The way to run SQL.
  Jdbi jdbi() {
    return jdbi;
  }

  /// Whether a connection can be had now.
  public boolean answers() {
    try (var connection = pool.getConnection()) {
      return connection.isValid(1);
    } catch (java.sql.SQLException away) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
    embedded.ifPresent(Database::stop);
  }

  private static EmbeddedPostgres start(Path directory) {
    try {
      Files.createDirectories(directory);
      Leftover.stop(directory.resolve("data"));
      return EmbeddedPostgres.builder()
          .setDataDirectory(directory.resolve("data"))
          .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
          .setCleanDataDirectory(false)
          .setServerConfig("listen_addresses", "127.0.0.1")
          .start();
    } catch (IOException failed) {
      throw new DatabaseUnavailable(
          "The embedded PostgreSQL did not start in "
              + directory
              + ": "
              + failed.getMessage()
              + ". See its log there; is another Dejima using the same data directory?",
          failed);
    }
  }

  private static void stop(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException failed) {
      throw new DatabaseUnavailable("The embedded PostgreSQL did not stop", failed);
    }
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
