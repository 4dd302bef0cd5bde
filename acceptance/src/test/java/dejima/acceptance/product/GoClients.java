package dejima.acceptance.product;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The Go programs in `clients/go`, built offline against the packages that Debian ships below
/// `/usr/share/gocode` (`golang-golang-x-mod-dev`).
public final class GoClients {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Path FOLDER = Product.home().resolve("acceptance/clients/go");
  private static final Path BUILT = Product.home().resolve("acceptance/target/go");

  private GoClients() {}

  private static final class Interop {
    private static final Path PROGRAM = BUILT.resolve("interop");

    static {
      Commands.run(
              FOLDER,
              LONGEST,
              "env",
              "GO111MODULE=off",
              "GOFLAGS=",
              "GOPATH=/usr/share/gocode",
              "GOCACHE=" + BUILT.resolve("cache"),
              "go",
              "build",
              "-o",
              PROGRAM.toString(),
              "interop.go")
          .expect(0);
    }
  }

  /// Runs `interop` and makes a test of each line that it prints.
  public static Stream<DynamicTest> interop(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(Interop.PROGRAM.toString()));
    words.addAll(arguments);
    return CheckLines.tests(Commands.run(FOLDER, LONGEST, words.toArray(String[]::new)));
  }
}
