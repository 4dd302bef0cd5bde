package dejima.evidence;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// ML-DSA-44 (FIPS 204, pure, empty context) on the JDK, with raw keys.
final class MlDsa44 {
  static final int SIGNATURE_LENGTH = 2420;
  private static final String NAME = "ML-DSA-44";

  /// The DER prefix of a SubjectPublicKeyInfo for ML-DSA-44 (RFC 9881 §2).
  private static final byte[] SPKI =
      HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

  private MlDsa44() {}

  static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    try {
      byte[] encoded =
          ByteBuffer.allocate(SPKI.length + publicKey.length).put(SPKI).put(publicKey).array();
      var verifier = Signature.getInstance(NAME);
      verifier.initVerify(
          KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a key or signature that does not decode
    }
  }

  static byte[] sign(PrivateKey key, byte[] message) {
    try {
      var signer = Signature.getInstance(NAME);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot sign with ML-DSA-44", e);
    }
  }

  /// The key pair that FIPS 204 §6.1 derives from a seed. The JDK takes the seed from its source of
  /// chance, so it is handed the seed there.
  static KeyPair fromSeed(byte[] seed) {
    try {
      var generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(NamedParameterSpec.ML_DSA_44, new GivenBytes(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks ML-DSA-44", e);
    }
  }

  static byte[] publicKey(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, SPKI.length, encoded.length);
  }
}
