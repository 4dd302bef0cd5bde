package dejima.residency;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Named values from lines of text, with every mistake and where it is: the form that
/// `bundle.properties` and the heads of rule files share.
final class KeyedLines {
  private static final int LONGEST_VALUE = 2_000;

  private final String file;
  private final Set<String> required;
  private final Set<String> optional;
  private final List<Problem> problems;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /// A value and where its key stands.
  private record Value(String text, int line, int column) {}

  KeyedLines(String file, Set<String> required, Set<String> optional, List<Problem> problems) {
    this.file = file;
    this.required = required;
    this.optional = optional;
    this.problems = problems;
  }

  /// Takes one line, of which the part from `start` on is `key`, separator, `value`.
  void take(String line, int lineNumber, int start, char separator) {
    int end = line.indexOf(separator, start);
    int column = 1 + line.codePointCount(0, start);
    if (end < 0) {
      problem(lineNumber, column, "expected a key, '" + separator + "' and a value");
      return;
    }
    String key = line.substring(start, end).strip();
    String text = line.substring(end + 1).strip();
    if (!required.contains(key) && !optional.contains(key)) {
      problem(lineNumber, column, "unknown key '" + key + "'; known are " + known());
    } else if (values.putIfAbsent(key, new Value(text, lineNumber, column)) != null) {
      problem(lineNumber, column, "'" + key + "' is given twice");
    } else if (text.isEmpty() || text.length() > LONGEST_VALUE) {
      problem(lineNumber, column, "'" + key + "' needs 1 to " + LONGEST_VALUE + " characters");
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      problem(lineNumber, column, "'" + key + "' has a control character");
    }
  }

  /// Reports what is required and missing.
  void finish(int lineNumber) {
    List<String> missing = new ArrayList<>(required);
    missing.removeAll(values.keySet());
    missing.stream()
        .sorted()
        .forEach(key -> problem(lineNumber, 1, "the key '" + key + "' is missing"));
  }

  /// The value, or the empty string where it is missing, which has been reported then.
  String get(String key) {
    return find(key).orElse("");
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key)).map(Value::text);
  }

  /// Both languages of a value.
  LocalText local(String key) {
    return new LocalText(get(key + ".ja"), get(key + ".en"));
  }

  /// Reports a mistake in a value that is there.
  void wrong(String key, String message) {
    Value value = values.get(key);
    if (value != null) {
      problem(value.line(), value.column(), message);
    }
  }

  private void problem(int line, int column, String message) {
    problems.add(new Problem(file, line, column, message));
  }

  private String known() {
    List<String> all = new ArrayList<>(required);
    all.addAll(optional);
    return String.join(", ", all.stream().sorted().toList());
  }
}
