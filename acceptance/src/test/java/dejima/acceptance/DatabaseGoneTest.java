package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// PostgreSQL gone in mid-flight: whoever is known goes on, and nothing hangs.
class DatabaseGoneTest {
  private static final int REQUESTS = 20;

  @Test
  void goesOnForThoseWhoAreKnown() throws IOException {
    try (StubWorld world = new StubWorld("database")) {
      world.domestic("steady", "steady", Script.answers());
      world.start("");
      Caller client = world.client();
      client.ask("steady", "before").expect(200);

      killPostgres(world.gateway().data());

      String id = "";
      for (int i = 0; i < REQUESTS; i++) {
        id = client.ask("steady", "without a database").expect(200).receiptId();
      }
      Verifying.genuine(world.gateway(), client, id);
      Answer refused = world.gateway().admin().post("/admin/v1/keys", "{\"tenant\":\"late\"}");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(client.ask("steady", "still").status()).isEqualTo(200);
    }
  }

  /// Kills the postmaster by the id that PostgreSQL itself writes into its data directory.
  private static void killPostgres(Path data) throws IOException {
    Path file;
    try (Stream<Path> files = Files.walk(data)) {
      file =
          files
              .filter(path -> path.getFileName().toString().equals("postmaster.pid"))
              .findFirst()
              .orElseThrow();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    Eventually.holds(
        Duration.ofSeconds(10), () -> !postmaster.isAlive(), () -> "PostgreSQL does not die");
  }
}
