package dejima.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.KeyHash;
import dejima.gateway.Limits;
import dejima.server.keys.KeyRequest;
import dejima.server.keys.KeyStore;
import dejima.server.keys.KeyStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

  @Test
  void leavesNothingOfADestroyedSaltKeyInTheDatabasesFilesAndItsWriteAheadLog() throws IOException {
    KeyStore store = store();
    byte[] salt = "a salt key as the disk will see!".getBytes(StandardCharsets.US_ASCII);
    KeyRequest request = new KeyRequest("x", "p", Optional.empty(), Limits.NONE, Optional.empty());
    store.insert("a", KeyHash.of("s"), request, "t_a", salt, Instant.EPOCH);
    assertThat(isInFiles(salt)).isTrue();

    store.forget("x", Instant.EPOCH);

    assertThat(isInFiles(salt)).isFalse();
  }

  @Test
  void leavesNothingOfAnEarlierPeriodsSaltKey() throws IOException {
    KeyStore store = store();
    byte[] earlier = "the salt key of an earlier time!".getBytes(StandardCharsets.US_ASCII);
    byte[] later = "the salt key of a later time....".getBytes(StandardCharsets.US_ASCII);
    KeyRequest request = new KeyRequest("y", "p", Optional.empty(), Limits.NONE, Optional.empty());
    store.insert("b", KeyHash.of("s"), request, "t_b", earlier, Instant.EPOCH);
    store.rotate("y", later, Instant.EPOCH.plusSeconds(60));

    store.destroy("y", Instant.EPOCH.plusSeconds(60), Instant.EPOCH.plusSeconds(61));

    assertThat(isInFiles(earlier)).isFalse();
    assertThat(isInFiles(later)).isTrue();
  }

  private static boolean isInFiles(byte[] wanted) throws IOException {
    database.jdbi().useHandle(handle -> handle.execute("CHECKPOINT"));
    String text = new String(wanted, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  protected KeyStore store() {
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("TRUNCATE api_key, project, kept_salt, salt_period, tenant"));
    return new PostgresKeyStore(database);
  }
}
