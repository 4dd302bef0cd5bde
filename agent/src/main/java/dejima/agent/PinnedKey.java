package dejima.agent;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;

/// A public key named by its hash: `sha256/` and the base64 SHA-256 of its DER
/// SubjectPublicKeyInfo, as in RFC 7858 §4.2 and RFC 7469 §2.4.
///
/// Both ends of the way between gateway and agent trust such pins and nothing else.
///
/// @param text the pin as written in configuration and on screen
public record PinnedKey(String text) {
  private static final String PREFIX = "sha256/";
  private static final int DIGEST_BYTES = 32;

  /// @throws IllegalArgumentException saying what a pin looks like
  public PinnedKey {
    if (!isPin(text)) {
      throw new IllegalArgumentException(
          "write sha256/ and the 44 base64 characters of the key's hash, as the other end prints it");
    }
  }

  /// The pin of a key.
  public static PinnedKey of(PublicKey key) {
    return new PinnedKey(PREFIX + Base64.getEncoder().encodeToString(sha256(key.getEncoded())));
  }

  /// Whether the key is the pinned one.
  public boolean matches(PublicKey key) {
    return of(key).equals(this);
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean isPin(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    String digits = text.substring(PREFIX.length());
    try {
      byte[] digest = Base64.getDecoder().decode(digits);
      return digest.length == DIGEST_BYTES
          && Base64.getEncoder().encodeToString(digest).equals(digits);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
