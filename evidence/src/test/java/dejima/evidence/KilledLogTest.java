package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process in the midst of writing, again and again, and reads what the log then holds.
final class KilledLogTest {
  static final LogSettings SETTINGS =
      LogSettings.of(Specimen.SIGNER, InstantSource.system())
          .withSegmentBytes(1 << 18)
          .withHeadInterval(Duration.ofMillis(10));
  private static final int KILLS = 5;

  @TempDir Path directory;

  @Test
  void losesNothingThatWasAcknowledged() throws Exception {
    var said = new ArrayList<String>();
    var random = new Random(20_261_120);
    for (int kill = 0; kill < KILLS; kill++) {
      said.addAll(runAndKill(kill, 200 + random.nextInt(2000)));
    }

    try (var log = EvidenceLog.inDirectory(directory.resolve("log"), SETTINGS)) {
      var entries =
          said.stream()
              .filter(line -> line.startsWith("+"))
              .flatMap(line -> log.find(line.substring(1)).stream())
              .sorted(Comparator.comparingLong(LoggedEntry::index))
              .toList();

      assertThat(said).hasSizeGreaterThan(100);
      assertNoGap(log, entries);
      assertAcknowledged(log, said);
      assertEveryRequestEnded(log, said);
    }
  }

  /// @param lines after how many lines of its output the process is killed
  private List<String> runAndKill(int seed, int lines) throws IOException, InterruptedException {
    var output = directory.resolve("output-" + seed);
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                KilledWriter.class.getName(),
                directory.resolve("log").toString(),
                Integer.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    while (Files.size(output) < lines * 33L) {
      assertThat(process.waitFor(3, TimeUnit.MILLISECONDS)).as("the writer ended").isFalse();
    }
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return Files.readAllLines(output).stream().filter(line -> line.length() == 32).toList();
  }

  private static void assertNoGap(EvidenceLog log, List<LoggedEntry> entries) {
    EvidenceLogContract.awaitHead(log, entries.size());
    assertThat(log.head().size()).isEqualTo(entries.size());
    EvidenceLogContract.assertChained(entries);
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).index()).isEqualTo(i);
    }
  }

  private static void assertAcknowledged(EvidenceLog log, List<String> said) {
    for (String line : said) {
      var entries = log.find(line.substring(1));
      switch (line.charAt(0)) {
        case 'i' -> assertThat(entries).anyMatch(entry -> entry.is(Kind.INTENT));
        case 'o' ->
            assertThat(entries.getLast().body().string("finish")).as(line).contains("complete");
        default -> assertThat(line).startsWith("+");
      }
    }
  }

  /// Whatever has an intent has an end, and where none was written it says so.
  private static void assertEveryRequestEnded(EvidenceLog log, List<String> said) {
    int unknown = 0;
    for (String line : said) {
      if (line.startsWith("+")) {
        var entries = log.find(line.substring(1));
        assertThat(entries.size()).isIn(0, 2);
        if (!entries.isEmpty()
            && entries.getLast().body().string("finish").filter("unknown"::equals).isPresent()) {
          unknown++;
        }
      }
    }
    assertThat(unknown).isBetween(1, KILLS * 4);
  }
}
