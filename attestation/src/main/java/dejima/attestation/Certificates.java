package dejima.attestation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;

/// X.509 as AMD and Intel use it (RFC 5280): short chains that end in a root that is known in full,
/// checked link by link without the network.
final class Certificates {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----\\s*([A-Za-z0-9+/=\\s]+?)-----END CERTIFICATE-----\\s*");
  private static final int KEY_CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;
  private static final String DELTA_CRL = "2.5.29.27";

  private Certificates() {}

  /// One DER certificate with nothing after it.
  static X509Certificate der(byte[] der) {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      X509Certificate read = (X509Certificate) factory().generateCertificate(in);
      Refused.unless(in.available() == 0, "bytes follow a certificate");
      return read;
    } catch (CertificateException malformed) {
      throw new Refused("a certificate cannot be read");
    }
  }

  /// The certificates of a PEM text that holds nothing else; zeros may end it.
  static List<X509Certificate> pem(byte[] text) {
    String ascii = new String(text, StandardCharsets.ISO_8859_1).replaceAll("\0+$", "").strip();
    List<X509Certificate> read = new ArrayList<>();
    Matcher blocks = PEM.matcher(ascii);
    int end = 0;
    while (blocks.find()) {
      Refused.unless(blocks.start() == end, "something other than certificates stands in a chain");
      end = blocks.end();
      read.add(der(base64(blocks.group(1))));
    }
    Refused.unless(end == ascii.length() && !read.isEmpty(), "a certificate chain cannot be read");
    return read;
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException malformed) {
      throw new Refused("a certificate is not base64");
    }
  }

  /// A DER revocation list.
  static X509CRL crl(byte[] der) {
    try {
      return (X509CRL) factory().generateCRL(new ByteArrayInputStream(der));
    } catch (CRLException malformed) {
      throw new Refused("a revocation list cannot be read");
    }
  }

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException missing) {
      throw new IllegalStateException("every JDK reads X.509", missing);
    }
  }

  /// A chain from leaf to root: each is issued and signed by the next, the issuers may issue, all
  /// are valid now, and the last is the known root.
  ///
  /// @return when the first of them ends
  static Instant check(List<X509Certificate> chain, X509Certificate root, Instant now) {
    Refused.unless(chain.getLast().equals(root), "the chain does not end in the mirrored root");
    Instant until = Instant.MAX;
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate one = chain.get(i);
      X509Certificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
      Refused.unless(
          one.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()),
          "a certificate of the chain names another issuer");
      Refused.unless(issuedBy(one, issuer.getPublicKey()), "a certificate's signature is wrong");
      Refused.unless(
          !one.hasUnsupportedCriticalExtension(),
          "a certificate demands an extension that is unknown here");
      if (i > 0) {
        Refused.unless(mayIssue(one, i), "a certificate of the chain may not issue others");
      }
      until = earlier(until, valid(one, now));
    }
    return until;
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static boolean issuedBy(X509Certificate one, PublicKey key) {
    try {
      one.verify(key);
      return true;
    } catch (GeneralSecurityException forged) {
      return false;
    }
  }

  private static boolean mayIssue(X509Certificate one, int depth) {
    boolean[] usage = one.getKeyUsage();
    return one.getBasicConstraints() >= depth - 1 && (usage == null || usage[KEY_CERT_SIGN]);
  }

  private static Instant valid(X509Certificate one, Instant now) {
    Refused.unless(
        !now.isBefore(one.getNotBefore().toInstant())
            && !now.isAfter(one.getNotAfter().toInstant()),
        "a certificate of the chain has expired or is not valid yet");
    return one.getNotAfter().toInstant();
  }

  /// That an issuer's list is genuine and current and does not name the certificate.
  ///
  /// @return when the list ends
  static Instant notRevoked(
      X509Certificate one, X509CRL list, X509Certificate issuer, Instant now) {
    Refused.unless(
        list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()),
        "a revocation list is another issuer's");
    boolean[] usage = issuer.getKeyUsage();
    Refused.unless(usage == null || usage[CRL_SIGN], "an issuer may not sign revocation lists");
    try {
      list.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException forged) {
      throw new Refused("a revocation list's signature is wrong");
    }
    Date next = list.getNextUpdate();
    Refused.unless(
        next != null
            && !now.isBefore(list.getThisUpdate().toInstant())
            && now.isBefore(next.toInstant()),
        "a revocation list is not current; mirror a newer one");
    Refused.unless(
        !list.hasUnsupportedCriticalExtension() && list.getExtensionValue(DELTA_CRL) == null,
        "a revocation list is not a whole one");
    Refused.unless(!list.isRevoked(one), "a certificate of the chain is revoked");
    return next.toInstant();
  }

  /// The value of an extension, which must be there.
  static byte[] extension(X509Certificate one, String oid) {
    byte[] wrapped = one.getExtensionValue(oid);
    Refused.unless(wrapped != null, "a certificate lacks the extension " + oid);
    return octets(wrapped);
  }

  /// What is inside one DER OCTET STRING.
  static byte[] octets(byte[] der) {
    try {
      if (ASN1Primitive.fromByteArray(der) instanceof ASN1OctetString octets) {
        return octets.getOctets();
      }
    } catch (IOException malformed) {
      throw new Refused("an extension is not DER");
    }
    throw new Refused("an extension is no OCTET STRING");
  }
}
