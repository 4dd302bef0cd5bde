package dejima.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The text of a number as ECMAScript's `Number::toString` has it (RFC 8785 §3.2.2.3).
final class CanonicalNumber {
  private CanonicalNumber() {}

  /// @param number finite
  static String text(double number) {
    if (number == 0) {
      return "0";
    }
    var shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    // The value is 0.digits × 10^point.
    int point = digits.length() - shortest.scale();
    return (number < 0 ? "-" : "") + place(digits, point);
  }

  /// Java's text never has fewer than two digits, ECMAScript's may.
  private static BigDecimal shortest(double number) {
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (decimal.precision() != 2) {
      return decimal;
    }
    var exact = new BigDecimal(number);
    var down = decimal.round(new MathContext(1, RoundingMode.DOWN));
    var up = decimal.round(new MathContext(1, RoundingMode.UP));
    boolean downIsNearer = exact.subtract(down).abs().compareTo(exact.subtract(up).abs()) <= 0;
    var nearer = downIsNearer ? down : up;
    var farther = downIsNearer ? up : down;
    if (nearer.doubleValue() == number) {
      return nearer.stripTrailingZeros();
    }
    return farther.doubleValue() == number ? farther.stripTrailingZeros() : decimal;
  }

  private static String place(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String sign = exponent < 0 ? "e-" : "e+";
    String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + sign + Math.abs(exponent);
  }
}
