package dejima.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedTest {
  @TempDir private Path directory;

  private static String answer(Embedded server, String password, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.url(), Embedded.USER, password);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private void assertClosedToStrangers(Embedded server) throws IOException {
    assertThatThrownBy(() -> answer(server, "", "SELECT 1")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> answer(server, "guess", "SELECT 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(rules()).isNotEmpty().allMatch(rule -> rule.endsWith("scram-sha-256"));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("password"))))
        .isEqualTo("rw-------");
  }

  private List<String> rules() throws IOException {
    return Files.readAllLines(directory.resolve("data/pg_hba.conf")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(String::strip)
        .toList();
  }

  @Test
  void asksForAPasswordFromTheFirstStartOn() throws IOException, SQLException {
    try (Embedded server = Embedded.in(directory)) {
      assertClosedToStrangers(server);
      assertThat(answer(server, server.password(), "SHOW fsync")).isEqualTo("on");
      assertThat(
              answer(
                  server,
                  server.password(),
                  "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))
          .startsWith("SCRAM-SHA-256$1:");
    }
    String kept = Files.readString(directory.resolve("password"));
    try (Embedded again = Embedded.in(directory)) {
      assertThat(answer(again, kept, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void closesADirectoryThatWasMadeWithoutAPassword() throws IOException, SQLException {
    try (EmbeddedPostgres old =
            EmbeddedPostgres.builder()
                .setCleanDataDirectory(false)
                .setDataDirectory(directory.resolve("data"))
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .start();
        Connection connection = old.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
    }
    assertThat(rules()).anyMatch(rule -> rule.endsWith("trust"));

    try (Embedded server = Embedded.in(directory)) {
      assertClosedToStrangers(server);
      assertThat(answer(server, server.password(), "SELECT answer FROM kept")).isEqualTo("42");
    }
    try (Embedded again = Embedded.in(directory)) {
      assertClosedToStrangers(again);
    }
  }
}
