package dejima.agent;

import dejima.location.P256;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes a fresh P-256 key with a self-signed certificate (RFC 5280) whose dates leave it valid for
/// as long as anybody pins it.
final class NewIdentity {
  private static final Duration EARLIER = Duration.ofDays(1);
  private static final Duration LATER = Duration.ofDays(36_500);
  private static final int SERIAL_BITS = 127;

  private NewIdentity() {}

  /// Both PEM blocks, the key first.
  static String named(String name, InstantSource clock) {
    try {
      KeyPair pair = P256.keyPair(new SecureRandom());
      return IdentityFile.block(IdentityFile.PRIVATE_KEY, pair.getPrivate().getEncoded())
          + IdentityFile.block(IdentityFile.CERTIFICATE, certificate(pair, name, clock));
    } catch (OperatorCreationException | IOException failure) {
      throw new IdentityUnavailable("this JDK cannot make a certificate", failure);
    }
  }

  private static byte[] certificate(KeyPair pair, String name, InstantSource clock)
      throws OperatorCreationException, IOException {
    X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
    return new X509v3CertificateBuilder(
            subject,
            serial,
            Date.from(clock.instant().minus(EARLIER)),
            Date.from(clock.instant().plus(LATER)),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
        .getEncoded();
  }
}
