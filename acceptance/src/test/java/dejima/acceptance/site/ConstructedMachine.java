package dejima.acceptance.site;

import dejima.attestation.KeyBinding;
import dejima.evidence.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A machine with an AMD processor and an NVIDIA GPU of made-up vendors, whose quotes, certificates
/// and tokens this test constructs, and the mirror that fits it. No hardware has been at hand.
public final class ConstructedMachine {
  /// The processor's chip id.
  public static final String CHIP = "07".repeat(64);

  /// The GPU's UEID.
  public static final String GPU = "4786204568";

  /// The measurement of the image.
  public static final String IMAGE = "09".repeat(48);

  private static final String AMD = "1.3.6.1.4.1.3704.1.";
  private static final String PSS = "SHA384withRSAandMGF1";
  private static final List<String> TRUE =
      List.of(
          "secboot",
          "x-nvidia-gpu-arch-check",
          "x-nvidia-gpu-attestation-report-parsed",
          "x-nvidia-gpu-attestation-report-signature-verified",
          "x-nvidia-gpu-attestation-report-nonce-match",
          "x-nvidia-gpu-attestation-report-cert-chain-fwid-match",
          "x-nvidia-gpu-driver-rim-fetched",
          "x-nvidia-gpu-driver-rim-schema-validated",
          "x-nvidia-gpu-driver-rim-signature-verified",
          "x-nvidia-gpu-driver-rim-version-match",
          "x-nvidia-gpu-driver-rim-measurements-available",
          "x-nvidia-gpu-vbios-rim-fetched",
          "x-nvidia-gpu-vbios-rim-schema-validated",
          "x-nvidia-gpu-vbios-rim-signature-verified",
          "x-nvidia-gpu-vbios-rim-version-match",
          "x-nvidia-gpu-vbios-rim-measurements-available",
          "x-nvidia-gpu-vbios-index-no-conflict");

  private final Instant now;
  private final KeyPair arkKeys = rsa();
  private final KeyPair askKeys = rsa();
  private final KeyPair vcekKeys = p384();
  private final KeyPair service = p384();
  private final X509Certificate ark;
  private final X509Certificate ask;
  private final X509Certificate vcek;

  /// A machine made at that moment.
  public ConstructedMachine(Instant now) throws Exception {
    this.now = now;
    this.ark = certificate("ARK", "ARK", arkKeys, arkKeys.getPrivate(), true, Map.of());
    this.ask = certificate("SEV", "ARK", askKeys, arkKeys.getPrivate(), true, Map.of());
    Map<String, ASN1Encodable> levels = new TreeMap<>();
    levels.put(AMD + "3.1", new ASN1Integer(3));
    levels.put(AMD + "3.2", new ASN1Integer(0));
    levels.put(AMD + "3.3", new ASN1Integer(8));
    levels.put(AMD + "3.8", new ASN1Integer(115));
    levels.put(AMD + "4", new DEROctetString(HexFormat.of().parseHex(CHIP)));
    this.vcek = certificate("SEV-VCEK", "SEV", vcekKeys, askKeys.getPrivate(), false, levels);
  }

  private static KeyPair rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static KeyPair p384() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate certificate(
      String subject,
      String issuer,
      KeyPair keys,
      PrivateKey by,
      boolean issues,
      Map<String, ASN1Encodable> extensions)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=" + issuer),
            BigInteger.valueOf(subject.hashCode() & 0x7fffffff),
            Date.from(now.minus(Duration.ofDays(2))),
            Date.from(now.plus(Duration.ofDays(300))),
            new X500Principal("CN=" + subject),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issues));
    for (Map.Entry<String, ASN1Encodable> one : extensions.entrySet()) {
      builder.addExtension(new ASN1ObjectIdentifier(one.getKey()), false, one.getValue());
    }
    return new JcaX509CertificateConverter().getCertificate(builder.build(pss(by)));
  }

  private static ContentSigner pss(PrivateKey key) throws OperatorCreationException {
    return new JcaContentSignerBuilder(PSS).setProvider(new BouncyCastleProvider()).build(key);
  }

  /// The mirror's files, unsigned.
  ///
  /// @param version of the mirror
  /// @param closed whether it says that the image can send nothing out
  public Map<String, byte[]> mirror(int version, boolean closed) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        "mirror.json",
        """
        {"mirror":"constructed","version":%d,"issued":"%s","expires":"%s",
         "measurements":{"amd":["%s"]},"egressClosed":[%s],
         "amdLeastTcb":[0,0,0,0],"amdLeastTcbTurin":[0,0,0,0,0]}
        """
            .formatted(
                version,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(30)),
                IMAGE,
                closed ? "\"" + IMAGE + "\"" : "")
            .getBytes(StandardCharsets.UTF_8));
    files.put("amd/ark.pem", pem(ark));
    JcaX509v2CRLBuilder list =
        new JcaX509v2CRLBuilder(ark, Date.from(now.minus(Duration.ofDays(1))));
    list.setNextUpdate(Date.from(now.plus(Duration.ofDays(9))));
    files.put("amd/revoked.crl", list.build(pss(arkKeys.getPrivate())).getEncoded());
    byte[] x = new byte[48];
    byte[] y = new byte[48];
    put(((ECPublicKey) service.getPublic()).getW().getAffineX(), x);
    put(((ECPublicKey) service.getPublic()).getW().getAffineY(), y);
    files.put(
        "nvidia/jwks.json",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"k\",\"x\":\"%s\",\"y\":\"%s\"}]}"
            .formatted(url(x), url(y))
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static void put(BigInteger number, byte[] into) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, into.length);
    System.arraycopy(bytes, bytes.length - length, into, into.length - length, length);
  }

  private static byte[] pem(X509Certificate... chain) throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate one : chain) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(one.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// A report that binds a nonce, a site's key and a sealing key.
  ///
  /// @param nonce hexadecimal
  /// @param sealingKey 32 bytes, or none
  public byte[] report(String nonce, PublicKey key, byte[] sealingKey) throws Exception {
    byte[] report = new byte[0x4A0];
    report[0] = 3;
    report[0x0A] = 3;
    report[0x34] = 1;
    for (int at : new int[] {0x38, 0x180, 0x1E0, 0x1F0}) {
      System.arraycopy(new byte[] {3, 0, 0, 0, 0, 0, 8, 115}, 0, report, at, 8);
    }
    report[0x188] = 0x19;
    byte[] bound =
        KeyBinding.reportData(HexFormat.of().parseHex(nonce), key.getEncoded(), sealingKey);
    System.arraycopy(bound, 0, report, 0x50, 64);
    Arrays.fill(report, 0x90, 0xC0, (byte) 9);
    Arrays.fill(report, 0x1A0, 0x1E0, (byte) 7);
    byte[] signature = sign(vcekKeys, Arrays.copyOf(report, 0x2A0));
    for (int i = 0; i < 48; i++) {
      report[0x2A0 + i] = signature[47 - i];
      report[0x2A0 + 72 + i] = signature[95 - i];
    }
    return report;
  }

  /// The certificates of the processor, PEM.
  public byte[] chain() throws Exception {
    return pem(vcek, ask, ark);
  }

  /// The token of the GPU for a nonce.
  public String token(String nonce) throws Exception {
    Json chain =
        Json.object()
            .put("x-nvidia-cert-status", "valid")
            .put("x-nvidia-cert-ocsp-status", "good")
            .build();
    Json.Members claims =
        claims(nonce).put("ueid", GPU).put("measres", "success").put("dbgstat", "disabled");
    TRUE.forEach(name -> claims.put(name, true));
    for (String part : List.of("attestation-report", "driver-rim", "vbios-rim")) {
      claims.put("x-nvidia-gpu-" + part + "-cert-chain", chain);
    }
    String gpu = jwt(claims.build());
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(gpu.getBytes(StandardCharsets.US_ASCII)));
    Json named = Json.array(List.of(Json.of("DIGEST"), Json.strings(List.of("SHA-256", digest))));
    String overall =
        jwt(
            claims(nonce)
                .put("x-nvidia-overall-att-result", true)
                .put("submods", Json.object().put("GPU-0", named).build())
                .build());
    return Json.array(
            List.of(Json.strings(List.of("JWT", overall)), Json.object().put("GPU-0", gpu).build()))
        .canonicalText();
  }

  private Json.Members claims(String nonce) {
    return Json.object()
        .put("iss", "https://nras.attestation.nvidia.com")
        .put("iat", now.getEpochSecond() - 5)
        .put("exp", now.plus(Duration.ofHours(1)).getEpochSecond())
        .put("eat_nonce", nonce);
  }

  private String jwt(Json.Obj claims) throws Exception {
    String signed =
        url("{\"alg\":\"ES384\",\"kid\":\"k\"}".getBytes(StandardCharsets.US_ASCII))
            + "."
            + url(claims.canonicalBytes());
    return signed + "." + url(sign(service, signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] sign(KeyPair keys, byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
    signer.initSign(keys.getPrivate());
    signer.update(message);
    return signer.sign();
  }
}
