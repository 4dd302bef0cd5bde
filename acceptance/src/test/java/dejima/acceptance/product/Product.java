package dejima.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The program as it was built, run through its launcher the way a user runs it.
public final class Product {
  private static final Duration LONGEST_COMMAND = Duration.ofMinutes(3);
  private static final Path HOME = home(Path.of("").toAbsolutePath());

  private Product() {}

  /// The folder of the clone.
  public static Path home() {
    return HOME;
  }

  private static Path home(Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("dejima"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no launcher above " + from);
  }

  /// Builds on first use what is not built yet and prepares the fast start, as a user's first
  /// command does.
  private static final class Built {
    static {
      Commands.run(
              HOME, LONGEST_COMMAND, "env", "-u", "DEJIMA_BUILT", launcher(), "serve", "--help")
          .expect(0);
    }

    static void once() {}
  }

  /// Runs a command of the product to its end.
  public static Finished run(Path directory, String... arguments) {
    Built.once();
    return Commands.run(directory, LONGEST_COMMAND, words(arguments));
  }

  /// Starts a command of the product that goes on running.
  public static RunningProcess start(Path directory, String... arguments) {
    return start(directory, Map.of(), arguments);
  }

  /// As [#start] with further variables in its environment.
  static RunningProcess start(
      Path directory, Map<String, String> environment, String... arguments) {
    Built.once();
    return RunningProcess.start(directory, environment, List.of(words(arguments)));
  }

  private static String[] words(String... arguments) {
    return Stream.concat(Stream.of(launcher()), Stream.of(arguments)).toArray(String[]::new);
  }

  private static String launcher() {
    return HOME.resolve("dejima").toString();
  }

  /// A new empty folder, which goes away with this JVM.
  public static Path newFolder(String name) {
    try {
      Path folder = Files.createTempDirectory("dejima-" + name + "-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException busy) {
      // A process of a failed test may still write there; the operating system cleans up.
    }
  }
}
