package dejima.server.postgres;

import dejima.server.files.DurableFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/// The PostgreSQL that Dejima brings along: a child process on a free loopback port. Whoever
/// connects needs the password, which is made with the data directory and which only the
/// directory's owner can read.
final class Embedded implements AutoCloseable {
  static final String USER = "postgres";

  private static final String DATABASE = "postgres";
  private static final String ACCESS = "pg_hba.conf";
  private static final int PASSWORD_BYTES = 32;

  /// Rounds of hashing protect words that people choose; these are 256 random bits.
  private static final String ROUNDS = "scram_iterations";

  private final EmbeddedPostgres server;
  private final String password;

  private Embedded(EmbeddedPostgres server, String password) {
    this.server = server;
    this.password = password;
  }

  /// Starts it, making the data directory if there is none. One that an earlier Dejima made without
  /// a password is given one.
  ///
  /// @throws DatabaseUnavailable if it does not start
  static Embedded in(Path directory) {
    Path data = directory.resolve("data");
    Path secret = directory.resolve("password");
    try {
      Files.createDirectories(directory);
      // The library lets everybody write to the folder of the programs that it unpacks.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      Leftover.stop(data);
      boolean open = Files.exists(data.resolve("PG_VERSION")) && Files.notExists(secret);
      if (open) {
        return closedToStrangers(start(directory, data, builder()), data, secret);
      }
      if (Files.notExists(secret)) {
        DurableFile.replace(secret, randomPassword());
      }
      String password = Files.readString(secret).strip();
      requirePasswords(data);
      return new Embedded(start(directory, data, guarded(secret, password)), password);
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

  private static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig(ROUNDS, "1")
        // Keys and budgets are a few thousand rows for one process: the defaults are for more.
        .setServerConfig("shared_buffers", "16MB")
        .setServerConfig("max_connections", "20")
        .setServerConfig("max_logical_replication_workers", "0")
        .setServerConfig("max_parallel_workers", "0")
        .setServerConfig("io_method", "sync")
        // What is destroyed shall not stay in segments that wait for their next use.
        .setServerConfig("wal_recycle", "off")
        // The library passes -F, with which a power cut could bring a revoked key back.
        .setServerConfig("fsync", "on");
  }

  /// What the library calls the locale's settings are further options of initdb; the later ones win
  /// over its own '-A trust'.
  private static EmbeddedPostgres.Builder guarded(Path secret, String password) {
    return builder()
        .setConnectConfig("password", password)
        .setLocaleConfig("pwfile", secret.toAbsolutePath().toString())
        .setLocaleConfig("set", ROUNDS + "=1")
        .setLocaleConfig("auth-local", "scram-sha-256")
        .setLocaleConfig("auth-host", "scram-sha-256");
  }

  private static EmbeddedPostgres start(
      Path directory, Path data, EmbeddedPostgres.Builder settings) throws IOException {
    return settings
        .setDataDirectory(data)
        .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
        .start();
  }

  /// Sets a password on a server that asks for none yet. Only when it is set and kept does the
  /// server begin to ask, so that a crash in between leaves a directory that can be opened.
  private static Embedded closedToStrangers(EmbeddedPostgres server, Path data, Path secret)
      throws IOException {
    String password = randomPassword();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER USER " + USER + " PASSWORD '" + password + "'");
      DurableFile.replace(secret, password);
      requirePasswords(data);
      statement.execute("SELECT pg_reload_conf()");
      return new Embedded(server, password);
    } catch (SQLException | IOException failed) {
      server.close();
      throw new IOException("its password cannot be set: " + failed.getMessage(), failed);
    }
  }

  /// Rewrites what an earlier Dejima left: in the access file, the last word of a line says how
  /// somebody proves who he is.
  private static void requirePasswords(Path data) throws IOException {
    Path access = data.resolve(ACCESS);
    if (Files.notExists(access)) {
      return;
    }
    String before = Files.readString(access);
    String after = before.replaceAll("(?m)^([^#\\n]*\\s)trust[ \\t]*$", "$1scram-sha-256");
    if (!after.equals(before)) {
      DurableFile.replace(access, after);
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
  }

  String password() {
    return password;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new DatabaseUnavailable("The embedded PostgreSQL did not stop", failed);
    }
  }
}
