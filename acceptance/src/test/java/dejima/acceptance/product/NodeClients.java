package dejima.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The Node programs in `clients/node`, with exactly the packages that their lock file names.
public final class NodeClients {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Path FOLDER = Product.home().resolve("acceptance/clients/node");

  private NodeClients() {}

  private static final class Installed {
    static {
      Path done = FOLDER.resolve("node_modules/.package-lock.json");
      if (!isNewer(done, FOLDER.resolve("package-lock.json"))) {
        Commands.run(FOLDER, LONGEST, "npm", "ci", "--no-audit", "--no-fund").expect(0);
      }
    }

    private static boolean isNewer(Path file, Path than) {
      try {
        return Files.exists(file)
            && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) >= 0;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    static void once() {}
  }

  /// Runs a program that prints one JSON line for each check, and makes a test of each.
  public static Stream<DynamicTest> checks(String program, Map<String, String> environment) {
    Installed.once();
    List<String> words = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of("node", program));
    return CheckLines.tests(Commands.run(FOLDER, LONGEST, words.toArray(String[]::new)));
  }
}
