package dejima.location;

import dejima.evidence.Reading;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/// The curve of site keys and of landmarks' agreement keys: P-256 (SP 800-186, secp256r1).
public final class P256 {
  private static final String NAME = "secp256r1";
  private static final ECParameterSpec CURVE = curve();

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(NAME));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has P-256", missing);
    }
  }

  /// A new pair of keys.
  public static KeyPair keyPair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(NAME), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has P-256", missing);
    }
  }

  /// Reads a SubjectPublicKeyInfo: exactly one byte form, on this curve, a point of it.
  public static Reading<PublicKey> publicKey(byte[] encoded) {
    try {
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
      if (key instanceof ECPublicKey point
          && isThisCurve(point.getParams())
          && isOnCurve(point.getW())
          && Arrays.equals(key.getEncoded(), encoded)) {
        return new Reading.Read<>(key);
      }
    } catch (GeneralSecurityException malformed) {
      return new Reading.Unreadable<>("not a public key of P-256");
    }
    return new Reading.Unreadable<>("not a point of P-256");
  }

  private static boolean isThisCurve(ECParameterSpec other) {
    return other.getCurve().equals(CURVE.getCurve())
        && other.getGenerator().equals(CURVE.getGenerator())
        && other.getOrder().equals(CURVE.getOrder())
        && other.getCofactor() == CURVE.getCofactor();
  }

  /// y² = x³ + ax + b. A point elsewhere would let its owner learn the other's private key.
  private static boolean isOnCurve(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)
        || !(CURVE.getCurve().getField() instanceof ECFieldFp field)) {
      return false;
    }
    BigInteger p = field.getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.signum() < 0 || x.compareTo(p) >= 0 || y.signum() < 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right =
        x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB()).mod(p);
    return y.multiply(y).mod(p).equals(right);
  }

  /// The shared secret of ECDH: the x coordinate, 32 bytes (SP 800-56A §5.7.1.2).
  ///
  /// @param theirs as [#publicKey] gives it
  public static byte[] agree(PrivateKey ours, PublicKey theirs) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(ours);
      agreement.doPhase(theirs, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException failed) {
      throw new IllegalArgumentException("not two keys of P-256", failed);
    }
  }
}
