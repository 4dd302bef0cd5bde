package dejima.server.cli;

import dejima.residency.LocalText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which of the product's two languages a command prints.
final class LanguageOption {
  /// The languages there are.
  enum Language {
    JA,
    EN
  }

  @Option(
      names = "--lang",
      description = "ja or en (default: Japanese where LC_ALL, LC_MESSAGES or LANG says ja).")
  private Optional<Language> chosen = Optional.empty();

  /// The text in the chosen language.
  String of(LocalText text) {
    return of(text.ja(), text.en());
  }

  /// The text in the chosen language.
  String of(String ja, String en) {
    return language() == Language.JA ? ja : en;
  }

  private Language language() {
    return chosen.orElseGet(() -> ofEnvironment(System.getenv()));
  }

  /// The first of the variables that is set decides, as POSIX has it.
  static Language ofEnvironment(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("ja"))
        .map(_ -> Language.JA)
        .orElse(Language.EN);
  }
}
