package dejima.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class DejimaCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = DejimaCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  static Stream<List<String>> commands() {
    List<List<String>> found = new ArrayList<>();
    collect(DejimaCommand.commandLine(), List.of(), found);
    return found.stream();
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> found) {
    found.add(path);
    line.getSubcommands()
        .forEach((name, child) -> {
          List<String> below = new ArrayList<>(path);
          below.add(name);
          collect(child, below, found);
        });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void explainsEveryCommand(List<String> path) {
    List<String> arguments = new ArrayList<>(path);
    arguments.add("--help");

    assertThat(run(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString()).contains("Usage: dejima").hasSizeGreaterThan(100);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void hasTheCommandsThatPeopleAreTold() {
    assertThat(DejimaCommand.commandLine().getSubcommands())
        .containsKeys(
            "demo", "serve", "agent", "keys", "chat", "receipt", "verify", "policy", "sites");
  }

  static Stream<List<String>> commandsButHelp() {
    return commands().filter(path -> !path.equals(List.of("help")));
  }

  @ParameterizedTest
  @MethodSource("commandsButHelp")
  void refusesAnOptionThatItDoesNotHave(List<String> path) {
    List<String> arguments = new ArrayList<>(path);
    arguments.add("--no-such-option");

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(DejimaCommand.USAGE);
    assertThat(err.toString()).isNotBlank();
  }

  @Test
  void failsWithoutAStackTrace(@TempDir Path directory) throws Exception {
    Path config = Files.writeString(directory.resolve("dejima.yaml"), "unknown: 1\nlisten: x\n");

    int code = run("serve", "--config", config.toString());

    assertThat(code).isEqualTo(DejimaCommand.USAGE);
    assertThat(err.toString())
        .contains("unknown: is not a setting", "listen: must be")
        .doesNotContain("\tat ");
  }

  /// Those that run until they are stopped, print a file for somebody else, or speak of one thing
  /// that people read.
  private static final Set<String> WITHOUT_JSON =
      Set.of(
          "agent",
          "agent init",
          "chat",
          "demo",
          "help",
          "landmark init",
          "landmark serve",
          "ledger",
          "mirror check",
          "mirror sign",
          "policy key",
          "policy sign",
          "receipt get",
          "register key",
          "register reload",
          "register sign",
          "seal",
          "serve",
          "unseal",
          "warm-up",
          "witness serve");

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSaysWhatItDoesAndThoseWithFactsSayThemInJson(List<String> path) {
    CommandLine line = DejimaCommand.commandLine();
    for (String name : path) {
      line = Objects.requireNonNull(line.getSubcommands().get(name), name);
    }

    assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(line.getCommandSpec().usageMessage().description()[0]).endsWith(".");
    boolean leaf = line.getSubcommands().isEmpty();
    boolean json = line.getCommandSpec().optionsMap().containsKey("--json");
    assertThat(json || !leaf || WITHOUT_JSON.contains(String.join(" ", path)))
        .as(String.join(" ", path))
        .isTrue();
  }

  @Test
  void bothProgramsEndWithTheSameCodes() {
    assertThat(DejimaCommand.commandLine().getUsageMessage())
        .contains("4 a drill found")
        .contains("0 done");
  }
}
