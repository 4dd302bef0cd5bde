package dejima.evidence.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4).
public final class Sha256 {
  /// Bytes in a hash.
  public static final int LENGTH = 32;

  private static final MessageDigest FRESH = fresh();

  private Sha256() {}

  /// A fresh digest.
  public static MessageDigest digest() {
    try {
      return (MessageDigest) FRESH.clone(); // it never changes, so any thread may copy it
    } catch (CloneNotSupportedException e) {
      return fresh();
    }
  }

  /// Every Java platform has it, but finding it takes longer than a hash.
  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  /// The hash of the parts, one after the other.
  public static byte[] of(byte[]... parts) {
    var digest = digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /// The same in lower-case hexadecimal.
  public static String hex(byte[]... parts) {
    return HexFormat.of().formatHex(of(parts));
  }
}
