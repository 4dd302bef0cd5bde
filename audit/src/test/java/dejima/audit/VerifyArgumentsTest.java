package dejima.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// Plain arguments mean the same whether or not the command-line library reads them.
final class VerifyArgumentsTest {
  @Test
  void readsEveryOption() {
    VerifyArguments asked =
        VerifyArguments.plain(
                List.of(
                    "r.txt",
                    "-k",
                    "k",
                    "--request",
                    "q",
                    "--response",
                    "a",
                    "--promise",
                    "v1",
                    "--landmarks",
                    "l",
                    "--approvers",
                    "p",
                    "--cose",
                    "c",
                    "--succession",
                    "s",
                    "--lang",
                    "ja",
                    "--json"))
            .orElseThrow();

    assertThat(asked)
        .isEqualTo(
            new VerifyArguments(
                Path.of("r.txt"),
                Path.of("k"),
                Optional.of(Path.of("q")),
                Optional.of(Path.of("a")),
                Optional.of("v1"),
                Optional.of(Path.of("l")),
                Optional.of(Path.of("p")),
                Optional.of(Path.of("c")),
                Optional.of(Path.of("s")),
                VerdictLanguage.JA,
                true));
    assertThat(VerifyArguments.plain(List.of("r.txt")).orElseThrow().keys())
        .isEqualTo(Path.of(VerifyArguments.KEYS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "r.txt --help",
        "r.txt s.txt",
        "r.txt --keys",
        "r.txt --keys k --keys l",
        "r.txt -k k --keys l",
        "r.txt --lang fr",
        "r.txt --keys=k",
        "r.txt --keys --json",
        "r.txt --unknown",
        "@arguments",
        "r.txt --json --json",
        "--json",
      })
  void leavesEverythingElseToTheLibrary(String words) {
    assertThat(VerifyArguments.plain(List.of(words.split(" ")))).isEmpty();
  }

  @Test
  void knowsEveryOptionThatTheLibraryKnows() {
    new CommandLine(new VerifyCommand())
        .getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .forEach(option -> {
              String name = option.longestName();
              List<String> words =
                  switch (name) {
                    case "--json" -> List.of("r", name);
                    case "--lang" -> List.of("r", name, "en");
                    case String _ -> List.of("r", name, "v");
                  };
              assertThat(VerifyArguments.plain(words)).as(name).isPresent();
            });
  }
}
