package dejima.evidence;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/// Signatures of sites: ECDSA on P-256 with SHA-256, DER (FIPS 186-5, RFC 3279 §2.2.3).
public final class EcdsaP256 {
  private EcdsaP256() {}

  /// Did this key sign exactly this message?
  public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      var verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // not a key for this algorithm, or no DER
    }
  }
}
