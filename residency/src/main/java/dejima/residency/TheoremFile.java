package dejima.residency;

import dejima.residency.cel.Expression;
import dejima.residency.cel.RuleLanguage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a theorem file, which has the form of a rule file without effect and remedy.
final class TheoremFile {
  private static final Set<String> KEYS =
      Set.of("id", "title.ja", "title.en", "basis.ja", "basis.en", "reviewed");

  private TheoremFile() {}

  /// The theorem in this file; empty when it has problems, which are added.
  static Optional<CompiledTheorem> read(
      String path, String text, RuleLanguage language, List<Problem> problems) {
    int before = problems.size();
    CelFile file = new CelFile(path, text, problems);
    KeyedLines head = file.head(KEYS);
    Optional<Expression> expression = file.expression(language::readTheorem);
    if (problems.size() > before) {
      return Optional.empty();
    }
    return expression.map(sound ->
        new CompiledTheorem(
            new Theorem(
                head.get("id"),
                head.local("title"),
                head.local("basis"),
                head.get("reviewed"),
                file.body().strip(),
                path),
            sound));
  }
}
