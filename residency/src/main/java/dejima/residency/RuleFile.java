package dejima.residency;

import dejima.residency.cel.Expression;
import dejima.residency.cel.RuleLanguage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a rule file: valid CEL whose first comment lines `// key: value` say what the rule is.
final class RuleFile {
  private static final Set<String> IMPLICIT =
      Set.of("default-deny", "evaluation-error", "no-policy", "site-contradicted");
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "effect",
          "title.ja",
          "title.en",
          "basis.ja",
          "basis.en",
          "remedy.ja",
          "remedy.en",
          "reviewed");

  private RuleFile() {}

  /// The rule in this file; empty when it has problems, which are added.
  static Optional<CompiledRule> read(
      String path, String text, RuleLanguage language, List<Problem> problems) {
    int before = problems.size();
    CelFile file = new CelFile(path, text, problems);
    KeyedLines head = head(file);
    Optional<Expression> expression = file.expression(language::read);
    if (problems.size() > before) {
      return Optional.empty();
    }
    return expression.map(sound -> new CompiledRule(rule(head, file), sound));
  }

  private static KeyedLines head(CelFile file) {
    KeyedLines head = file.head(KEYS);
    if (!Set.of("forbid", "permit", "").contains(head.get("effect"))) {
      head.wrong("effect", "the effect is 'forbid' or 'permit'");
    }
    if (IMPLICIT.contains(head.get("id"))) {
      head.wrong("id", "this id belongs to a rule of the product");
    }
    return head;
  }

  private static Rule rule(KeyedLines head, CelFile file) {
    return new Rule(
        head.get("id"),
        head.get("effect").equals("permit") ? RuleEffect.PERMIT : RuleEffect.FORBID,
        head.local("title"),
        head.local("basis"),
        head.local("remedy"),
        head.get("reviewed"),
        file.body().strip());
  }
}
