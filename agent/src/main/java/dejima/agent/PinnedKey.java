package dejima.agent;

import dejima.evidence.SiteStatement;
import dejima.location.SiteKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/// A public key named by its hash: `sha256/` and the base64 SHA-256 of its DER
/// SubjectPublicKeyInfo, as in RFC 7858 §4.2 and RFC 7469 §2.4.
///
/// Both ends of the way between gateway and agent trust such pins and nothing else.
///
/// @param text the pin as written in configuration and on screen
public record PinnedKey(String text) {
  /// @throws IllegalArgumentException saying what a pin looks like
  public PinnedKey {
    if (!SiteKey.isPin(text)) {
      throw new IllegalArgumentException(
          "write sha256/ and the 44 base64 characters of the key's hash, as the other end prints"
              + " it");
    }
  }

  /// The pin of a key.
  public static PinnedKey of(PublicKey key) {
    return new PinnedKey(SiteStatement.pin(key));
  }

  /// Whether the key is the pinned one.
  public boolean matches(PublicKey key) {
    return of(key).equals(this);
  }

  /// The hash in hexadecimal, as names of files can hold it.
  public String hexadecimal() {
    return HexFormat.of()
        .formatHex(Base64.getDecoder().decode(text.substring(text.indexOf('/') + 1)));
  }

  @Override
  public String toString() {
    return text;
  }
}
