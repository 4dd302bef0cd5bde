package dejima.gateway;

import java.nio.charset.StandardCharsets;

/// The grammar of numbers (RFC 8259 §6), and a bound: readers that keep numbers as IEEE 754 doubles
/// make infinity of larger ones.
final class JsonNumber {
  /// No double needs more characters.
  private static final int LONGEST = 1_100;

  /// Without an exponent, numbers of so many digits are finite.
  private static final int ALWAYS_FINITE = 308;

  private final byte[] text;
  private int at;

  private JsonNumber(byte[] text, int start) {
    this.text = text;
    this.at = start;
  }

  /// The number that starts at `start`.
  static String at(byte[] text, int start) {
    JsonNumber number = new JsonNumber(text, start);
    boolean exponent = number.walk();
    String found = new String(text, start, number.at - start, StandardCharsets.US_ASCII);
    if ((exponent || found.length() > ALWAYS_FINITE) && !isBounded(found)) {
      throw new MalformedBody("A number is too large or too long at byte " + start + ".");
    }
    return found;
  }

  private static boolean isBounded(String number) {
    return number.length() <= LONGEST && !Double.isInfinite(Double.parseDouble(number));
  }

  /// Goes to the end.
  ///
  /// @return whether there was an exponent
  private boolean walk() {
    skipIf('-');
    if (!skipIf('0')) {
      digits();
    }
    if (skipIf('.')) {
      digits();
    }
    boolean exponent = skipIf('e') || skipIf('E');
    if (exponent) {
      if (!skipIf('+')) {
        skipIf('-');
      }
      digits();
    }
    return exponent;
  }

  private boolean skipIf(char wanted) {
    if (at < text.length && text[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void digits() {
    int start = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == start) {
      int found = at < text.length ? text[at] & 0xff : MalformedBody.END;
      throw MalformedBody.expected("a digit", at, found);
    }
  }
}
