package dejima.server.console;

/// Makes text from outside fit for a screen: short, on one line, and without characters that change
/// how their neighbours are read.
final class ScreenText {
  private static final int LONGEST = 120;

  private ScreenText() {}

  /// The same text where it is already fit, otherwise a cut and cleaned copy. Control characters
  /// and the directional overrides of Unicode UAX #9 become U+FFFD.
  static String of(String text) {
    if (text.length() <= LONGEST && text.chars().allMatch(ScreenText::fit)) {
      return text;
    }
    StringBuilder cleaned = new StringBuilder(LONGEST + 1);
    text.codePoints()
        .limit(LONGEST)
        .forEach(point -> cleaned.appendCodePoint(fit(point) ? point : 0xFFFD));
    return text.codePointCount(0, text.length()) > LONGEST
        ? cleaned.append('…').toString()
        : cleaned.toString();
  }

  private static boolean fit(int point) {
    boolean control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    boolean directional =
        point == 0x061C
            || point == 0x200E
            || point == 0x200F
            || (point >= 0x202A && point <= 0x202E)
            || (point >= 0x2066 && point <= 0x2069);
    return !control && !directional && point != 0x2028 && point != 0x2029;
  }
}
