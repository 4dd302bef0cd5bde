package dejima.residency;

import dejima.residency.cel.Expression;
import dejima.residency.cel.Mistake;
import dejima.residency.cel.RuleLanguage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A file of valid CEL whose first comment lines `// key: value` say what it is: the form that
/// rules and theorems share.
final class CelFile {
  /// How bundles, rules and theorems are named.
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final String path;
  private final String[] lines;
  private final int headEnd;
  private final List<Problem> problems;

  CelFile(String path, String text, List<Problem> problems) {
    this.path = path;
    this.lines = text.split("\n", -1);
    this.headEnd = headEnd(lines);
    this.problems = problems;
  }

  private static int headEnd(String[] lines) {
    int end = 0;
    while (end < lines.length && lines[end].startsWith("//")) {
      end++;
    }
    return end;
  }

  /// The head, of which `id` is a name; what is wrong with it is added to the problems.
  KeyedLines head(Set<String> keys) {
    KeyedLines head = new KeyedLines(path, keys, Set.of(), problems);
    for (int i = 0; i < headEnd; i++) {
      head.take(lines[i], i + 1, lines[i].startsWith("// ") ? 3 : 2, ':');
    }
    head.finish(1);
    if (!head.get("id").isEmpty() && !NAME.matcher(head.get("id")).matches()) {
      head.wrong("id", "an id has small letters, digits and single hyphens");
    }
    return head;
  }

  /// The expression; empty when it has problems, which are added.
  Optional<Expression> expression(Function<String, Reading> language) {
    return switch (language.apply(body())) {
      case Reading.Understood(Expression expression) -> Optional.of(expression);
      case Reading.Refused(List<Mistake> mistakes) -> {
        mistakes.forEach(mistake ->
            problems.add(new Problem(path, mistake.line(), mistake.column(), mistake.message())));
        yield Optional.empty();
      }
    };
  }

  /// The text without its head, every character where it was.
  String body() {
    return "\n".repeat(headEnd) + String.join("\n", List.of(lines).subList(headEnd, lines.length));
  }
}
