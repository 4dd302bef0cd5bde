package dejima.audit;

import dejima.residency.LocalText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// In which of the product's two languages a command speaks; in both, unless one is chosen.
public final class LanguageChoice {
  /// The languages there are.
  public enum Language {
    /// Japanese.
    JA,
    /// English.
    EN
  }

  @Option(names = "--lang", description = "ja or en (default: both).")
  private Optional<Language> chosen = Optional.empty();

  /// Both languages, until the command line says otherwise.
  public LanguageChoice() {}

  /// The text, a line for each language.
  public List<String> of(LocalText text) {
    return chosen
        .map(one ->
            switch (one) {
              case JA -> List.of(text.ja());
              case EN -> List.of(text.en());
            })
        .orElseGet(() -> List.of(text.en(), text.ja()));
  }

  /// The text on one line.
  public String line(LocalText text) {
    return String.join("  ", of(text));
  }
}
