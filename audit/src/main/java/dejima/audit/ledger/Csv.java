package dejima.audit.ledger;

import java.util.List;
import java.util.stream.Collectors;

/// CSV (RFC 4180) as spreadsheets in Japan open it: UTF-8 with a byte order mark. Every cell is
/// quoted, and a cell that a spreadsheet would run as a formula begins with an apostrophe.
final class Csv {
  /// What a file begins with.
  static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String FORMULA = "=+-@\t\r\n＝＋－＠|%";

  private Csv() {}

  /// A line with its end.
  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    String inert = isFormula(text) ? "'" + text : text;
    return '"' + inert.replace("\"", "\"\"") + '"';
  }

  /// Spreadsheets pass over white space before they look for a formula.
  private static boolean isFormula(String text) {
    String seen = text.strip();
    return (!seen.isEmpty() && FORMULA.indexOf(seen.charAt(0)) >= 0)
        || (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0);
  }
}
