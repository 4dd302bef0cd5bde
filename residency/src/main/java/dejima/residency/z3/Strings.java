package dejima.residency.z3;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Java's strings as Z3's. One character of Z3 stands for one UTF-16 unit, so that order, prefixes
/// and lengths are those of Java and of `dev.cel`.
final class Strings {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u\\{([0-9a-fA-F]{1,5})}");
  private static final int HIGHEST_UNIT = 0xFFFF;

  private Strings() {}

  /// SMT-LIB's notation, in which everything but ASCII letters and digits is escaped.
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 128 && Character.isLetterOrDigit(unit)) {
        escaped.append(unit);
      } else {
        escaped.append("\\u{").append(HexFormat.of().toHexDigits(unit)).append('}');
      }
    }
    return escaped.toString();
  }

  /// Java's string for what Z3 prints.
  ///
  /// @throws UnrealValue if it is none that Java's text files could hold
  static String read(String escaped) {
    Matcher escapes = ESCAPE.matcher(escaped);
    StringBuilder text = new StringBuilder();
    int end = 0;
    while (escapes.find()) {
      text.append(escaped, end, escapes.start());
      int unit = HexFormat.fromHexDigits(escapes.group(1));
      if (unit > HIGHEST_UNIT) {
        throw new UnrealValue("a character beyond UTF-16");
      }
      text.append((char) unit);
      end = escapes.end();
    }
    text.append(escaped, end, escaped.length());
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new UnrealValue("half a surrogate pair");
    }
    return text.toString();
  }
}
