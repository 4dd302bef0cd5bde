package dejima.gateway;

import dejima.residency.LocalText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// How what a site states of itself, under its own key, stands to what the gateway's configuration
/// says of it.
public sealed interface SiteStanding {
  /// The site was not heard yet.
  record Unheard() implements SiteStanding {}

  /// A fresh statement, signed with the pinned key, that says what is configured.
  ///
  /// @param issued when the site signed it
  record Declared(Instant issued) implements SiteStanding {}

  /// There is no statement that counts, so that only the configuration speaks for the site.
  ///
  /// @param reason why
  record Undeclared(LocalText reason) implements SiteStanding {}

  /// The site's word is against the configuration's. Nothing is sent there.
  ///
  /// @param differences what is wrong, never empty
  record Contradicted(List<LocalText> differences) implements SiteStanding {
    /// Copies the list and refuses a contradiction in nothing.
    public Contradicted {
      differences = List.copyOf(differences);
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("a contradiction says in what");
      }
    }
  }

  /// The word in lists: `unheard`, `declared`, `undeclared` or `contradicted`.
  default String word() {
    return switch (this) {
      case Unheard _ -> "unheard";
      case Declared _ -> "declared";
      case Undeclared _ -> "undeclared";
      case Contradicted _ -> "contradicted";
    };
  }

  /// What is wrong with the statement, empty when nothing is.
  default LocalText fault() {
    return switch (this) {
      case Unheard _, Declared _ -> new LocalText("", "");
      case Undeclared(LocalText reason) -> reason;
      case Contradicted(List<LocalText> differences) ->
          new LocalText(
              differences.stream().map(LocalText::ja).collect(Collectors.joining("／")),
              differences.stream().map(LocalText::en).collect(Collectors.joining("; ")));
    };
  }
}
