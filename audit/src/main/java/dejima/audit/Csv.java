package dejima.audit;

import java.util.List;
import java.util.stream.Collectors;

/// CSV (RFC 4180) as spreadsheets in Japan open it: UTF-8 with a byte order mark. Every cell is
/// quoted, so that it may hold commas, quotes and line ends, and a cell that a spreadsheet would
/// run as a formula begins with an apostrophe.
public final class Csv {
  /// What a file begins with; without it spreadsheets take UTF-8 for Shift_JIS.
  public static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String FORMULA = "=+-@\t\r\n＝＋－＠|%";

  private Csv() {}

  /// A line with its end.
  public static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    String inert = isFormula(text) ? "'" + text : text;
    return '"' + inert.replace("\"", "\"\"") + '"';
  }

  /// Spreadsheets pass over what cannot be seen before they look for a formula.
  private static boolean isFormula(String text) {
    return (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0)
        || text.codePoints()
            .dropWhile(Csv::isUnseen)
            .limit(1)
            .anyMatch(first -> FORMULA.indexOf(first) >= 0);
  }

  private static boolean isUnseen(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.FORMAT;
  }
}
