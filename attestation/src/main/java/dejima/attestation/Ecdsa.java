package dejima.attestation;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/// ECDSA with signatures as plain `r ‖ s` (IEEE P1363), which is how quotes and tokens hold them.
final class Ecdsa {
  private Ecdsa() {}

  /// @param hash `SHA256` or `SHA384`
  static boolean verifies(PublicKey key, String hash, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(hash + "withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /// Whether a key lies on the curve of so many bits.
  static boolean onCurve(PublicKey key, int bits) {
    return key instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField().getFieldSize() == bits;
  }

  /// A key from its two coordinates, big-endian, of equal length.
  ///
  /// @param curve `secp256r1` or `secp384r1`
  static PublicKey key(String curve, byte[] point) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(curve));
      ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
      int half = point.length / 2;
      ECPoint w =
          new ECPoint(
              new BigInteger(1, Arrays.copyOf(point, half)),
              new BigInteger(1, Arrays.copyOfRange(point, half, point.length)));
      Refused.unless(lies(w, spec), "a public key is no point of its curve");
      return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, spec));
    } catch (GeneralSecurityException malformed) {
      throw new Refused("a public key is no point of its curve");
    }
  }

  private static boolean lies(ECPoint w, ECParameterSpec spec) {
    BigInteger p = ((java.security.spec.ECFieldFp) spec.getCurve().getField()).getP();
    BigInteger x = w.getAffineX();
    BigInteger y = w.getAffineY();
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.multiply(y)
                .subtract(
                    x.pow(3).add(spec.getCurve().getA().multiply(x)).add(spec.getCurve().getB()))
                .mod(p)
                .signum()
            == 0;
  }
}
