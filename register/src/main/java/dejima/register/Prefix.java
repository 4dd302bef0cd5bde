package dejima.register;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A block of internet addresses (RFC 4632, RFC 4291), as in `192.0.2.0/24`.
public final class Prefix {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-f:]{2,39}");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

  private final byte[] address;
  private final int length;

  private Prefix(byte[] address, int length) {
    this.address = address;
    this.length = length;
  }

  /// Reads `address/length`; whatever lies beyond the length must be zero.
  ///
  /// @throws IllegalArgumentException saying what belongs there
  public static Prefix of(String text) {
    int slash = text.indexOf('/');
    String name = slash < 0 ? "" : text.substring(0, slash);
    String bits = text.substring(slash + 1);
    if (!(V4.matcher(name).matches() || (V6.matcher(name).matches() && name.contains(":")))
        || !LENGTH.matcher(bits).matches()) {
      throw new IllegalArgumentException("must be a prefix such as 192.0.2.0/24 or 2001:db8::/32");
    }
    byte[] address = InetAddress.ofLiteral(name).getAddress();
    int length = Integer.parseInt(bits);
    if (length > 8 * address.length) {
      throw new IllegalArgumentException(
          "a prefix of this kind has at most " + 8 * address.length + " bits");
    }
    if (!Arrays.equals(address, masked(address, length))) {
      throw new IllegalArgumentException(
          "has bits beyond its length; write the block's first address");
    }
    return new Prefix(address, length);
  }

  /// Whether an address lies in the block.
  public boolean contains(InetAddress other) {
    byte[] bytes = other.getAddress();
    return bytes.length == address.length && Arrays.equals(address, masked(bytes, length));
  }

  private static byte[] masked(byte[] bytes, int length) {
    byte[] masked = bytes.clone();
    for (int bit = length; bit < 8 * masked.length; bit++) {
      masked[bit / 8] = (byte) (masked[bit / 8] & ~(0x80 >> (bit % 8)));
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prefix that
        && length == that.length
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + length;
  }
}
