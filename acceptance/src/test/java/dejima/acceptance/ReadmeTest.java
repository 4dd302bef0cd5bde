package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Commands;
import dejima.acceptance.product.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The README's commands, run as they stand there: in blocks marked `console`, every line that
/// starts with `$ ./dejima`. `demo` runs with `--once`, and what needs minutes or never ends is
/// only looked up (`test`, `bench`, `serve`, `agent`).
@ExtendWith(Demo.Shared.class)
class ReadmeTest {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final String PROMPT = "$ ./dejima";

  @TestFactory
  Stream<DynamicTest> showsCommandsThatWork(Demo demo) throws IOException {
    Path folder = Tour.once().folder();
    for (String name : List.of("dejima", "residency")) {
      Files.createSymbolicLink(folder.resolve(name), Product.home().resolve(name));
    }
    List<String> commands = commands(Files.readString(Product.home().resolve("README.md")));
    assertThat(commands).isNotEmpty();
    return commands.stream()
        .map(command -> DynamicTest.dynamicTest(command, () -> run(folder, demo, command)));
  }

  private static List<String> commands(String readme) {
    List<String> commands = new ArrayList<>();
    boolean console = false;
    StringBuilder continued = new StringBuilder();
    for (String line : readme.lines().toList()) {
      if (line.strip().startsWith("```")) {
        console = line.strip().equals("```console");
      } else if (console && (line.startsWith(PROMPT) || !continued.isEmpty())) {
        continued.append(line.endsWith("\\") ? line.substring(0, line.length() - 1) : line);
        if (!line.endsWith("\\")) {
          commands.add(continued.substring("$ ".length()));
          continued.setLength(0);
        }
      }
    }
    return commands;
  }

  private static void run(Path folder, Demo demo, String command) {
    if (command.startsWith("./dejima demo")) {
      Tour.once().finished().expect(0);
      return;
    }
    if (command.matches("./dejima (test|bench)\\b.*")) {
      assertThat(Files.isExecutable(folder.resolve("dejima"))).isTrue();
      return;
    }
    String safe = command.replaceFirst("^(./dejima (serve|agent))\\b.*", "$1 --help");
    Commands.run(
            folder,
            LONGEST,
            "env",
            "DEJIMA_URL=" + demo.gateway().url(),
            "DEJIMA_API_KEY=" + demo.client().credential(),
            "DEJIMA_ADMIN_URL=" + demo.gateway().adminUrl(),
            "DEJIMA_DATA=" + demo.gateway().data(),
            "sh",
            "-c",
            safe)
        .expect(0);
  }
}
