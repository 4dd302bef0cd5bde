package dejima.residency;

import dejima.residency.cel.Condition;
import dejima.residency.cel.Mistake;
import dejima.residency.cel.RuleLanguage;
import dejima.residency.cel.RuleLanguage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a rule file: valid CEL whose first comment lines `// key: value` say what the rule is.
final class RuleFile {
  /// How bundles and rules are named.
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

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
    String[] lines = text.split("\n", -1);
    int headEnd = headEnd(lines);
    KeyedLines head = head(path, lines, headEnd, problems);
    Optional<Condition> condition = condition(path, body(lines, headEnd), language, problems);
    if (problems.size() > before) {
      return Optional.empty();
    }
    return condition.map(sound -> new CompiledRule(rule(head, lines, headEnd), sound));
  }

  private static int headEnd(String[] lines) {
    int end = 0;
    while (end < lines.length && lines[end].startsWith("//")) {
      end++;
    }
    return end;
  }

  private static KeyedLines head(String path, String[] lines, int headEnd, List<Problem> problems) {
    KeyedLines head = new KeyedLines(path, KEYS, Set.of(), problems);
    for (int i = 0; i < headEnd; i++) {
      head.take(lines[i], i + 1, lines[i].startsWith("// ") ? 3 : 2, ':');
    }
    head.finish(1);
    if (!head.get("id").isEmpty() && !NAME.matcher(head.get("id")).matches()) {
      head.wrong("id", "an id has small letters, digits and single hyphens");
    }
    if (!Set.of("forbid", "permit", "").contains(head.get("effect"))) {
      head.wrong("effect", "the effect is 'forbid' or 'permit'");
    }
    if (Set.of("default-deny", "evaluation-error", "no-policy").contains(head.get("id"))) {
      head.wrong("id", "this id belongs to a rule of the product");
    }
    return head;
  }

  private static Optional<Condition> condition(
      String path, String text, RuleLanguage language, List<Problem> problems) {
    return switch (language.read(text)) {
      case Reading.Understood(Condition condition) -> Optional.of(condition);
      case Reading.Refused(List<Mistake> mistakes) -> {
        mistakes.forEach(mistake ->
            problems.add(new Problem(path, mistake.line(), mistake.column(), mistake.message())));
        yield Optional.empty();
      }
    };
  }

  /// The text without its head, every character where it was.
  private static String body(String[] lines, int headEnd) {
    return "\n".repeat(headEnd) + String.join("\n", List.of(lines).subList(headEnd, lines.length));
  }

  private static Rule rule(KeyedLines head, String[] lines, int headEnd) {
    return new Rule(
        head.get("id"),
        head.get("effect").equals("permit") ? RuleEffect.PERMIT : RuleEffect.FORBID,
        head.local("title"),
        head.local("basis"),
        head.local("remedy"),
        head.get("reviewed"),
        body(lines, headEnd).strip());
  }
}
