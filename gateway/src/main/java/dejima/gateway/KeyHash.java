package dejima.gateway;

import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The SHA-256 hash of a key's secret part. Secrets are 256 random bits, so a plain hash cannot be
/// searched backwards.
public final class KeyHash {
  private final byte[] bytes;

  private KeyHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The hash of `secret`.
  public static KeyHash of(String secret) {
    return new KeyHash(digest(secret));
  }

  /// A stored hash.
  public static KeyHash stored(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a SHA-256 hash has 32 bytes");
    }
    return new KeyHash(bytes.clone());
  }

  /// Whether this is the hash of `secret`, in time that does not depend on where they differ.
  public boolean matches(String secret) {
    return MessageDigest.isEqual(bytes, digest(secret));
  }

  /// The 32 bytes, for storage.
  public byte[] bytes() {
    return bytes.clone();
  }

  private static byte[] digest(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }
}
