package dejima.server.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/// A migrated PostgreSQL database, embedded or external.
public final class Database implements AutoCloseable {
  private static final int POOL = 8;
  private static final long CONNECT_MILLIS = 3_000;

  private final HikariDataSource pool;
  private final Optional<Embedded> embedded;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool, Optional<Embedded> embedded) {
    this.pool = pool;
    this.embedded = embedded;
    this.jdbi = Jdbi.create(pool);
  }

  /// Starts the embedded server on a free loopback port and keeps its data in `directory`, behind a
  /// password that is kept there too.
  public static Database embeddedIn(Path directory) {
    Embedded server = Embedded.in(directory);
    try {
      return migrated(server.url(), Embedded.USER, server.password(), Optional.of(server));
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /// Connects to a server that runs elsewhere.
  public static Database at(String url, String user, String password) {
    return migrated(url, user, password, Optional.empty());
  }

  private static Database migrated(
      String url, String user, String password, Optional<Embedded> embedded) {
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
    } catch (SQLException away) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
    embedded.ifPresent(Embedded::close);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
