package dejima.gateway;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A run of digits as people write numbers: half or full width, with single hyphens or spaces
/// between groups. Several numbers may stand in one run, such as a date before a telephone number.
///
/// @param groups the digits, one space between groups, an `x` at the end when a word goes on there
/// @param end offset behind the run
record DigitRun(String groups, int end) {
  private static final int SHORTEST = 11;
  private static final Pattern MY_NUMBER =
      number(
          "[0-9]{12}|[0-9]{6} [0-9]{6}|(?:[0-9]{3} ){3}[0-9]{3}"
              // four groups of four are no longer this number
              + "|(?<![0-9]{4} )(?:[0-9]{4} ){2}[0-9]{4}(?! [0-9]{4}(?![0-9]))");
  private static final Pattern CARD =
      number("[3-6](?:[0-9]{13,15}|[0-9]{3}(?: [0-9]{4}){3}|[0-9]{3} [0-9]{6} [0-9]{4,5})");
  private static final Pattern MOBILE =
      number("0[6-9]0(?:[0-9]{8}| ?[0-9]{4} [0-9]{4})|81 ?[6-9]0(?:[0-9]{8}| [0-9]{4} [0-9]{4})");

  private static Pattern number(String shape) {
    return Pattern.compile("(?<![0-9])(?=(" + shape + ")(?![0-9x]))");
  }

  /// Whether a digit stands at `at` that no letter, digit or decimal point precedes.
  static boolean startsAt(byte[] text, int at) {
    byte first = text[at];
    if (!(isDigit(first) || first == (byte) 0xef) || digit(text, at) < 0) {
      return false;
    }
    if (at == 0) {
      return true;
    }
    byte before = text[at - 1];
    if (before == '.') {
      return at == 1 || !isDigit(text[at - 2]);
    }
    // The n of a line feed's escape is no word.
    boolean escape = at > 1 && text[at - 2] == '\\';
    return !(isDigit(before) || (isWord(before) && !escape) || isFullWidth(text, at - 3));
  }

  /// Reads the run that starts at `start`.
  static DigitRun read(byte[] text, int start) {
    StringBuilder groups = new StringBuilder();
    int at = start;
    int digit = digit(text, at);
    while (digit >= 0) {
      groups.append(digit);
      at += width(text, at);
      int afterSeparator = at + separator(text, at);
      if (afterSeparator > at && digit(text, afterSeparator) >= 0) {
        groups.append(' ');
        at = afterSeparator;
      }
      digit = digit(text, at);
    }
    return new DigitRun(goesOn(text, at) ? groups.append('x').toString() : groups.toString(), at);
  }

  private static boolean goesOn(byte[] text, int at) {
    if (at < text.length && text[at] == '.') {
      return at + 1 < text.length && isDigit(text[at + 1]);
    }
    return at < text.length && isWord(text[at]);
  }

  /// Whether an Individual Number with a right check digit is in the run (Order of the Ministry of
  /// Internal Affairs and Communications No. 85 of 2014, article 5).
  boolean holdsMyNumber() {
    return holds(MY_NUMBER, DigitRun::isMyNumber);
  }

  /// Whether a payment card number with a right check digit is in the run (ISO/IEC 7812-1 annex B).
  boolean holdsPaymentCard() {
    return holds(CARD, DigitRun::isPaymentCard);
  }

  /// Whether a Japanese mobile telephone number is in the run (060, 070, 080, 090; +81).
  boolean holdsMobilePhone() {
    return holds(MOBILE, _ -> true);
  }

  private boolean holds(Pattern shape, Predicate<String> check) {
    if (groups.length() < SHORTEST) {
      return false;
    }
    Matcher candidates = shape.matcher(groups);
    while (candidates.find()) {
      if (check.test(candidates.group(1).replace(" ", ""))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMyNumber(String digits) {
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      sum += nth(digits, 11 - n) * (n <= 6 ? n + 1 : n - 5);
    }
    int remainder = sum % 11;
    return nth(digits, 11) == (remainder <= 1 ? 0 : 11 - remainder);
  }

  private static boolean isPaymentCard(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = nth(digits, digits.length() - 1 - i);
      int doubled = digit * 2;
      sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  private static int nth(String digits, int index) {
    return digits.charAt(index) - '0';
  }

  private static int digit(byte[] text, int at) {
    if (at < text.length && text[at] >= '0' && text[at] <= '9') {
      return text[at] - '0';
    }
    return isFullWidth(text, at) ? (text[at + 2] & 0xff) - 0x90 : -1;
  }

  private static boolean isFullWidth(byte[] text, int at) {
    return at >= 0
        && at + 2 < text.length
        && text[at] == (byte) 0xef
        && text[at + 1] == (byte) 0xbc
        && (text[at + 2] & 0xff) >= 0x90
        && (text[at + 2] & 0xff) <= 0x99;
  }

  private static int width(byte[] text, int at) {
    return text[at] == (byte) 0xef ? 3 : 1;
  }

  /// Length of a hyphen or space, half or full width, at `at`.
  private static int separator(byte[] text, int at) {
    if (at >= text.length) {
      return 0;
    }
    if (text[at] == '-' || text[at] == ' ') {
      return 1;
    }
    boolean wide =
        at + 2 < text.length
            && (is(text, at, 0xe3, 0x80, 0x80)
                || is(text, at, 0xef, 0xbc, 0x8d)
                || is(text, at, 0xe2, 0x80, 0x90)
                || is(text, at, 0xe3, 0x83, 0xbc)
                || is(text, at, 0xe2, 0x88, 0x92));
    return wide ? 3 : 0;
  }

  private static boolean is(byte[] text, int at, int a, int b, int c) {
    return text[at] == (byte) a && text[at + 1] == (byte) b && text[at + 2] == (byte) c;
  }

  private static boolean isWord(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
