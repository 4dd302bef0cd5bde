package dejima.gateway;

/// A run of digits as people write numbers: half or full width, with single hyphens or spaces
/// between groups.
///
/// @param digits the digits without separators, at most 20 of them
/// @param length how many digits the run really has
/// @param end offset behind the run
record DigitRun(String digits, int length, int end) {
  private static final int KEPT = 20;
  private static final int MY_NUMBER_LENGTH = 12;
  private static final int MOBILE_LENGTH = 11;

  /// Whether a digit stands at `at` that no letter or point precedes.
  static boolean startsAt(byte[] text, int at) {
    return digit(text, at) >= 0 && (at == 0 || !continuesWord(text[at - 1]));
  }

  /// Reads the run that starts at `start`.
  static DigitRun read(byte[] text, int start) {
    StringBuilder digits = new StringBuilder(KEPT);
    int length = 0;
    int at = start;
    int digit = digit(text, at);
    while (digit >= 0) {
      if (length < KEPT) {
        digits.append(digit);
      }
      length++;
      at += width(text, at);
      int afterSeparator = at + separator(text, at);
      if (afterSeparator > at && digit(text, afterSeparator) >= 0) {
        at = afterSeparator;
      }
      digit = digit(text, at);
    }
    boolean insideWord = at < text.length && continuesWord(text[at]);
    return new DigitRun(digits.toString(), insideWord ? 0 : length, at);
  }

  /// Whether the run is an Individual Number with a right check digit (Order of the Ministry of
  /// Internal Affairs and Communications No. 85 of 2014, article 5).
  boolean isMyNumber() {
    if (length != MY_NUMBER_LENGTH) {
      return false;
    }
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      sum += nth(11 - n) * (n <= 6 ? n + 1 : n - 5);
    }
    int remainder = sum % 11;
    return nth(11) == (remainder <= 1 ? 0 : 11 - remainder);
  }

  /// Whether the run is a payment card number with a right check digit (ISO/IEC 7812-1 annex B).
  boolean isPaymentCard() {
    if (length < 14 || length > 16 || nth(0) < 3 || nth(0) > 6) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = nth(length - 1 - i);
      int doubled = digit * 2;
      sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /// Whether the run is a Japanese mobile telephone number (060, 070, 080, 090).
  boolean isMobilePhone() {
    return length == MOBILE_LENGTH && nth(0) == 0 && nth(1) >= 6 && nth(2) == 0;
  }

  private int nth(int index) {
    return digits.charAt(index) - '0';
  }

  private static int digit(byte[] text, int at) {
    if (at < text.length && text[at] >= '0' && text[at] <= '9') {
      return text[at] - '0';
    }
    return isFullWidth(text, at) ? (text[at + 2] & 0xff) - 0x90 : -1;
  }

  private static boolean isFullWidth(byte[] text, int at) {
    return at + 2 < text.length
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

  private static boolean continuesWord(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
  }
}
