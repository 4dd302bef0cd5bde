package dejima.evidence;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// Signatures by the keys of sites and gateways: ECDSA on P-256 with SHA-256, DER (FIPS 186-5, RFC
/// 3279 §2.2.3).
public final class EcdsaP256 {
  private static final String ALGORITHM = "SHA256withECDSA";

  private EcdsaP256() {}

  /// Did this key sign exactly this message?
  public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      var verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // not a key for this algorithm, or no DER
    }
  }

  /// The signature of a message.
  ///
  /// @param key on P-256
  public static byte[] sign(PrivateKey key, byte[] message) {
    try {
      var signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a private key on P-256 signs", e);
    }
  }
}
