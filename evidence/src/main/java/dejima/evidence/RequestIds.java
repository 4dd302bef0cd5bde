package dejima.evidence;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Makes request ids: `rcpt_` and 26 characters of Crockford's base32 for 128 bits, of which the
/// first 48 are the time in epoch milliseconds and the last 80 random. Ids therefore sort by time.
/// Safe for several threads.
public final class RequestIds {
  private static final String PREFIX = "rcpt_";
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int DIGITS = 26;
  private static final int RANDOM_BYTES = 10;
  private static final int DRAWN_AT_ONCE = 64 * RANDOM_BYTES;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final ByteBuffer drawn = ByteBuffer.allocate(DRAWN_AT_ONCE).limit(0);

  /// @param random unpredictable to outsiders
  public RequestIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// A new id.
  public String next() {
    long time = clock.millis() << 16;
    synchronized (drawn) {
      if (!drawn.hasRemaining()) {
        draw();
      }
      return text(time | Short.toUnsignedLong(drawn.getShort()), drawn.getLong());
    }
  }

  /// A strong generator costs much for each call and little for each byte.
  private void draw() {
    random.nextBytes(drawn.array());
    drawn.clear();
  }

  static String text(long high, long low) {
    var text = new char[PREFIX.length() + DIGITS];
    PREFIX.getChars(0, PREFIX.length(), text, 0);
    for (int i = 0; i < DIGITS; i++) {
      text[PREFIX.length() + i] = ALPHABET.charAt(digit(high, low, 5 * (DIGITS - 1 - i)));
    }
    return new String(text);
  }

  /// Five bits of the 128-bit number, from this bit up.
  private static int digit(long high, long low, int bit) {
    long bits;
    if (bit >= 64) {
      bits = high >>> (bit - 64);
    } else if (bit == 0) {
      bits = low;
    } else {
      bits = (low >>> bit) | (high << (64 - bit));
    }
    return (int) (bits & 31);
  }

  /// Is this text exactly of the form that [#next()] makes?
  public static boolean isId(String text) {
    if (text.length() != PREFIX.length() + DIGITS || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return text.charAt(PREFIX.length()) <= '7'; // 26 digits hold 130 bits
  }

  /// When an id was made, in epoch milliseconds.
  public static long millis(String id) {
    return high(id) >>> 16;
  }

  /// The upper 64 of an id's 128 bits.
  static long high(String id) {
    long high = 0;
    for (int i = 0; i < 13; i++) {
      high = (high << 5) | value(id, i);
    }
    return (high << 1) | (value(id, 13) >>> 4);
  }

  /// The lower 64 of an id's 128 bits.
  static long low(String id) {
    long low = value(id, 13) & 15;
    for (int i = 14; i < DIGITS; i++) {
      low = (low << 5) | value(id, i);
    }
    return low;
  }

  private static long value(String id, int digit) {
    return ALPHABET.indexOf(id.charAt(PREFIX.length() + digit));
  }
}
