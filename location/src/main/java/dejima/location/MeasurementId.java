package dejima.location;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names one measurement; nobody who was not told can guess it.
///
/// @param high the first eight bytes
/// @param low the last eight bytes
public record MeasurementId(long high, long low) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /// A new one.
  ///
  /// @param random cryptographically strong
  public static MeasurementId fresh(RandomGenerator random) {
    return new MeasurementId(random.nextLong(), random.nextLong());
  }

  /// Reads 32 small hexadecimal digits.
  ///
  /// @throws IllegalArgumentException for anything else
  public static MeasurementId parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a measurement id has 32 small hexadecimal digits");
    }
    return new MeasurementId(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }

  /// The text that [#parse] reads.
  public String text() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }
}
