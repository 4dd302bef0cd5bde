package dejima.bench.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A P-256 key with a self-signed certificate for 127.0.0.1, as PEM files that every contender can
/// read.
///
/// @param certificate the certificate, PEM
/// @param key the private key, PKCS #8 PEM, readable by the owner only
/// @param pin `sha256/` and the base64 SHA-256 of the certificate's SubjectPublicKeyInfo
public record SiteIdentity(Path certificate, Path key, String pin) {
  /// The certificate's host name, for clients that compare names and not addresses.
  public static final String HOST = "bench.invalid";

  private static final Date FROM = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
  private static final Date UNTIL = Date.from(Instant.parse("2100-01-01T00:00:00Z"));

  /// Makes a new key and certificate.
  ///
  /// @param directory where the files go; made when missing
  /// @param name the common name and the stem of the file names
  /// @return the identity
  public static SiteIdentity create(Path directory, String name) {
    try {
      Files.createDirectories(directory);
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X509Certificate certificate = selfSigned(pair, name);
      Path certificateFile = directory.resolve(name + ".crt");
      Files.writeString(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
      Path keyFile = privateFile(directory.resolve(name + ".key"));
      Files.writeString(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      return new SiteIdentity(certificateFile, keyFile, pinOf(certificate));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK cannot make a P-256 certificate", e);
    }
  }

  private static Path privateFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return Files.createFile(file, ownerOnly);
  }

  private static X509Certificate selfSigned(KeyPair pair, String name)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var subject = new X500Principal("CN=" + name);
    var builder =
        new JcaX509v3CertificateBuilder(
            subject, BigInteger.ONE, FROM, UNTIL, subject, pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.dNSName, HOST)
            }));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static String pinOf(X509Certificate certificate) throws GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    return "sha256/" + Base64.getEncoder().encodeToString(hash);
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
