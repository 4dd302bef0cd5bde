package dejima.location;

import dejima.evidence.EcdsaP256;
import dejima.evidence.Reading;
import dejima.evidence.SiteStatement;
import dejima.evidence.StrictBase64;
import java.security.PublicKey;

/// The public half of a site's or a gateway's identity key, and the pin by which it is known.
///
/// @param key on P-256
public record SiteKey(PublicKey key) {
  private static final String PREFIX = "sha256/";

  /// Reads a base64 SubjectPublicKeyInfo.
  public static Reading<SiteKey> parse(String text) {
    return StrictBase64.read(text)
        .then(P256::publicKey)
        .then(key -> new Reading.Read<>(new SiteKey(key)));
  }

  /// The text that [#parse] reads.
  public String text() {
    return StrictBase64.text(key.getEncoded());
  }

  /// `sha256/` and the base64 hash of the key.
  public String pin() {
    return SiteStatement.pin(key);
  }

  /// Does the text have the form of a pin?
  public static boolean isPin(String text) {
    return text.startsWith(PREFIX)
        && StrictBase64.read(text.substring(PREFIX.length()), 32) instanceof Reading.Read<byte[]>;
  }

  /// Did the key's holder sign exactly this text?
  ///
  /// @param signature base64 of DER
  boolean signed(byte[] text, String signature) {
    return StrictBase64.read(signature) instanceof Reading.Read<byte[]>(byte[] der)
        && EcdsaP256.verifies(key, text, der);
  }
}
