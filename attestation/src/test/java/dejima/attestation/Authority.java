package dejima.attestation;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A made-up vendor: keys, certificates and revocation lists like AMD's and Intel's. Everything
/// that these tests verify was constructed with it; no hardware has been at hand.
final class Authority {
  static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  /// An extension that is always critical and that nobody knows.
  static final String DEMANDED = "1.2.3.4.5";

  private static final AtomicLong SERIAL = new AtomicLong(1);

  final X509Certificate certificate;
  final KeyPair keys;
  private final String algorithm;

  private Authority(X509Certificate certificate, KeyPair keys, String algorithm) {
    this.certificate = certificate;
    this.keys = keys;
    this.algorithm = algorithm;
  }

  static KeyPair rsa() {
    return generate("RSA", 2048);
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// @param algorithm with which it signs: `SHA384withRSAandMGF1`, `SHA256withECDSA`
  static Authority root(String name, KeyPair keys, String algorithm) {
    X500Principal self = new X500Principal("CN=" + name);
    return new Authority(
        certificate(self, self, keys, keys.getPrivate(), algorithm, true, Map.of(), 3650),
        keys,
        algorithm);
  }

  Authority subordinate(String name, KeyPair pair, String signing) {
    return new Authority(issue(name, pair, true, Map.of(), 3650), pair, signing);
  }

  /// A leaf that signs others although it may not.
  Authority posing(String name, KeyPair pair) {
    return new Authority(leaf(name, pair, Map.of()), pair, algorithm);
  }

  X509Certificate leaf(String name, KeyPair pair, Map<String, ASN1Encodable> extensions) {
    return issue(name, pair, false, extensions, 365);
  }

  X509Certificate issue(
      String name, KeyPair pair, boolean issuer, Map<String, ASN1Encodable> extensions, int days) {
    return certificate(
        new X500Principal("CN=" + name),
        certificate.getSubjectX500Principal(),
        pair,
        keys.getPrivate(),
        algorithm,
        issuer,
        extensions,
        days);
  }

  private static X509Certificate certificate(
      X500Principal subject,
      X500Principal issuerName,
      KeyPair pair,
      PrivateKey by,
      String algorithm,
      boolean issuer,
      Map<String, ASN1Encodable> extensions,
      int days) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuerName,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(NOW.minus(Duration.ofDays(30))),
              Date.from(NOW.plus(Duration.ofDays(days))),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(
              issuer ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
      for (Map.Entry<String, ASN1Encodable> one : extensions.entrySet()) {
        builder.addExtension(
            new ASN1ObjectIdentifier(one.getKey()), one.getKey().equals(DEMANDED), one.getValue());
      }
      X509CertificateHolder made = builder.build(signer(by, algorithm));
      return new JcaX509CertificateConverter().getCertificate(made);
    } catch (IOException | CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static ContentSigner signer(PrivateKey key, String algorithm) {
    try {
      return new JcaContentSignerBuilder(algorithm)
          .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
          .build(key);
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  byte[] crl(Instant until, X509Certificate... revoked) {
    try {
      JcaX509v2CRLBuilder builder =
          new JcaX509v2CRLBuilder(certificate, Date.from(NOW.minus(Duration.ofDays(1))));
      builder.setNextUpdate(Date.from(until));
      for (X509Certificate one : revoked) {
        builder.addCRLEntry(one.getSerialNumber(), Date.from(NOW), CRLReason.keyCompromise);
      }
      return builder.build(signer(keys.getPrivate(), algorithm)).getEncoded();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] pem(X509Certificate... chain) {
    StringWriter text = new StringWriter();
    for (X509Certificate one : chain) {
      try {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      } catch (CertificateException e) {
        throw new AssertionError(e);
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// `r ‖ s`.
  static byte[] sign(PrivateKey key, String hash, byte[] message) {
    try {
      Signature signer = Signature.getInstance(hash + "withECDSAinP1363Format");
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// `x ‖ y`.
  static byte[] point(KeyPair pair, int half) {
    var w = ((java.security.interfaces.ECPublicKey) pair.getPublic()).getW();
    byte[] both = new byte[2 * half];
    put(w.getAffineX(), both, half);
    put(w.getAffineY(), both, 2 * half);
    return both;
  }

  private static void put(BigInteger number, byte[] into, int end) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, into.length / 2);
    System.arraycopy(bytes, bytes.length - length, into, end - length, length);
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String mirrorJson(String amd, String intel) {
    return """
    {"mirror":"example.jp/mirror","version":1,"issued":"2026-11-20T00:00:00Z","expires":"2026-12-20T00:00:00Z",
     "measurements":{"amd":["%s"],"intel":["%s"]},"amdLeastTcb":[3,0,8,100],"amdLeastTcbTurin":[1,3,0,8,100]}
    """
        .formatted(amd, intel);
  }
}
