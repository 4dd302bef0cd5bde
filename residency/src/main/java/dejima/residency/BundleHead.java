package dejima.residency;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `bundle.properties` says of a bundle.
///
/// The file is UTF-8 with one `key=value` on a line, `#` comments and no escapes, so that Java's
/// own reader of properties would read the same.
record BundleHead(String id, String version, LocalText title, Optional<LocalText> notice) {
  private static final Set<String> REQUIRED = Set.of("id", "version", "title.ja", "title.en");
  private static final Set<String> OPTIONAL = Set.of("notice.ja", "notice.en");

  /// The head; meaningless where problems were added.
  static BundleHead read(String path, String text, List<Problem> problems) {
    KeyedLines values = new KeyedLines(path, REQUIRED, OPTIONAL, problems);
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      take(lines[i], i + 1, values, path, problems);
    }
    values.finish(1);
    if (!values.get("id").isEmpty() && !CelFile.NAME.matcher(values.get("id")).matches()) {
      values.wrong("id", "an id has small letters, digits and single hyphens");
    }
    if (values.find("notice.ja").isPresent() != values.find("notice.en").isPresent()) {
      values.wrong("notice.ja", "a notice needs both languages; 'notice.en' is missing");
      values.wrong("notice.en", "a notice needs both languages; 'notice.ja' is missing");
    }
    return new BundleHead(
        values.get("id"),
        values.get("version"),
        values.local("title"),
        values.find("notice.ja").map(_ -> values.local("notice")));
  }

  private static void take(
      String line, int lineNumber, KeyedLines values, String path, List<Problem> problems) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    int backslash = line.indexOf('\\');
    if (backslash >= 0) {
      int column = 1 + line.codePointCount(0, backslash);
      problems.add(new Problem(path, lineNumber, column, "escapes are not used here: write UTF-8"));
    } else {
      values.take(line, lineNumber, 0, '=');
    }
  }
}
