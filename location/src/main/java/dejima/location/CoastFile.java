package dejima.location;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The shipped form of a [Coast]: `DJCOAST1`, then LEB128 numbers: lines, and for each its points
/// as zigzag differences of longitude and latitude in hundred-thousandths of a degree.
final class CoastFile {
  private static final byte[] MAGIC = "DJCOAST1".getBytes(StandardCharsets.US_ASCII);
  private static final double UNIT = 1e-5;

  private final byte[] bytes;
  private int at;

  /// Takes one point.
  interface Taker {
    void take(int index, double latitude, double longitude, boolean first);
  }

  CoastFile(byte[] bytes) {
    this.bytes = bytes;
    if (bytes.length < MAGIC.length
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalStateException("not a coast");
    }
  }

  /// How many points there are.
  int points() {
    int[] count = {0};
    forEach((_, _, _, _) -> count[0]++);
    return count[0];
  }

  /// Hands out every point in order.
  void forEach(Taker taker) {
    at = MAGIC.length;
    int lines = number();
    int index = 0;
    int x = 0;
    int y = 0;
    for (int line = 0; line < lines; line++) {
      int length = number();
      for (int i = 0; i < length; i++) {
        x += difference();
        y += difference();
        taker.take(index++, y * UNIT, x * UNIT, i == 0);
      }
    }
    if (at != bytes.length) {
      throw new IllegalStateException("bytes after the coast");
    }
  }

  private int difference() {
    int n = number();
    return (n >>> 1) ^ -(n & 1);
  }

  private int number() {
    int value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }
}
