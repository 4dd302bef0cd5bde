package dejima.attestation;

import static dejima.attestation.Authority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports are constructed with a made-up vendor's keys; no hardware has been at hand.
final class SnpVerifierTest {
  private static final String OID = "1.3.6.1.4.1.3704.1.";
  private static final byte[] NONCE = new byte[32];
  private static final byte[] SPKI = "a site's key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BOUND = KeyBinding.reportData(NONCE, SPKI);
  private static final Authority ARK =
      Authority.root("ARK-Test", Authority.rsa(), "SHA384withRSAandMGF1");
  private static final Authority ASK =
      ARK.subordinate("SEV-Test", Authority.rsa(), "SHA384withRSAandMGF1");
  static final KeyPair VCEK = Authority.ec("secp384r1");
  private static final byte[] CHIP = filled(64, 7);
  private static final byte[] MEASUREMENT = filled(48, 9);
  static final String MEASURED = "09".repeat(48);
  private static final X509Certificate LEAF =
      ASK.leaf("SEV-VCEK", VCEK, extensions(CHIP, 3, 0, 8, 115));

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static Map<String, ASN1Encodable> extensions(
      byte[] chip, int boot, int tee, int snp, int ucode) {
    Map<String, ASN1Encodable> all = new HashMap<>();
    all.put(OID + "3.1", new ASN1Integer(boot));
    all.put(OID + "3.2", new ASN1Integer(tee));
    all.put(OID + "3.3", new ASN1Integer(snp));
    all.put(OID + "3.8", new ASN1Integer(ucode));
    all.put(OID + "4", new DEROctetString(chip));
    return all;
  }

  static Map<String, byte[]> mirrorFiles() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        "mirror.json",
        Authority.mirrorJson(MEASURED, "00".repeat(48)).getBytes(StandardCharsets.UTF_8));
    files.put("amd/ark.pem", Authority.pem(ARK.certificate));
    files.put("amd/revoked.crl", ARK.crl(NOW.plus(Duration.ofDays(10))));
    return files;
  }

  private static SnpVerifier verifier(Map<String, byte[]> files) {
    return new SnpVerifier(Mirror.of(files).orThrow());
  }

  /// An unsigned report of a version.
  static byte[] body(int version) {
    byte[] report = new byte[SnpReport.LENGTH];
    report[0] = (byte) version;
    report[0x0A] = 0x03; // SMT allowed, reserved bit 17
    report[0x34] = 1;
    byte[] tcb = {3, 0, 0, 0, 0, 0, 8, 115};
    for (int at : new int[] {0x38, 0x180, 0x1E0, 0x1F0}) {
      System.arraycopy(tcb, 0, report, at, 8);
    }
    if (version >= 3) {
      report[0x188] = 0x19;
      report[0x189] = 0x11;
    }
    System.arraycopy(BOUND, 0, report, 0x50, 64);
    System.arraycopy(MEASUREMENT, 0, report, 0x90, 48);
    System.arraycopy(CHIP, 0, report, 0x1A0, 64);
    return report;
  }

  static byte[] signed(byte[] report, KeyPair key) {
    byte[] signature =
        Authority.sign(key.getPrivate(), "SHA384", Arrays.copyOf(report, SnpReport.SIGNED));
    for (int i = 0; i < 48; i++) {
      report[SnpReport.SIGNED + i] = signature[47 - i];
      report[SnpReport.SIGNED + 72 + i] = signature[95 - i];
    }
    return report;
  }

  static byte[] chain() {
    return Authority.pem(LEAF, ASK.certificate, ARK.certificate);
  }

  private static Verdict verdict(byte[] report) {
    return verifier(mirrorFiles()).verify(report, chain(), BOUND, NOW);
  }

  private static String refusal(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Genuine _ -> "genuine";
      case Verdict.Rejected(String reason) -> reason;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void findsAReportGenuineThatBindsTheKeyOnAKnownChip(int version) {
    assertThat(verdict(signed(body(version), VCEK)))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> {
              assertThat(genuine.hardware()).isEqualTo("07".repeat(64));
              assertThat(genuine.until()).isEqualTo(NOW.plus(Duration.ofDays(10)));
            });
  }

  @Property(tries = 400)
  void refusesAReportInWhichAnyBitWasChanged(
      @ForAll @IntRange(max = SnpReport.LENGTH - 1) int at, @ForAll @IntRange(max = 7) int bit) {
    byte[] report = signed(body(3), VCEK);
    report[at] = (byte) (report[at] ^ (1 << bit));

    assertThat(verdict(report)).isInstanceOf(Verdict.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0x00, 1, version",
    "0x00, 6, version",
    "0x0A, 0x0A, debugging",
    "0x0A, 0x06, migration",
    "0x0A, 0x01, reserved bit 17",
    "0x0B, 0x04, unknown bits",
    "0x30, 1, privilege level",
    "0x30, 4, privilege",
    "0x34, 2, unknown way",
    "0x48, 2, hides its id",
    "0x48, 4, another kind of key",
    "0x48, 0x1C, signer is unknown",
    "0x4C, 1, reserved bytes",
    "0x50, 1, does not bind",
    "0x8F, 1, does not bind",
    "0x90, 1, measurement",
    "0xBF, 1, measurement",
    "0x180, 2, another version of the firmware",
    "0x186, 7, another version of the firmware",
    "0x187, 114, another version of the firmware",
    "0x18B, 1, reserved bytes",
    "0x1A0, 1, another chip's",
    "0x1E0, 2, newer firmware",
    "0x3F, 1, newer firmware",
    "0x1EB, 1, reserved bytes",
    "0x1F8, 1, reserved bytes",
    "0x29F, 1, reserved bytes",
    "0x2D0, 1, reserved bytes",
    "0x318, 1, reserved bytes",
    "0x49F, 1, reserved bytes"
  })
  void refusesEachForgedFieldEvenIfItIsSigned(String at, String value, String reason) {
    byte[] report = body(3);
    report[Integer.decode(at)] = Integer.decode(value).byteValue();
    byte[] forged = signed(report, VCEK);
    if (Integer.decode(at) >= SnpReport.SIGNED) {
      forged[Integer.decode(at)] = Integer.decode(value).byteValue();
    }

    assertThat(refusal(verdict(forged))).contains(reason);
  }

  @Test
  void refusesAChipThatHidesItself() {
    byte[] report = body(3);
    Arrays.fill(report, 0x1A0, 0x1E0, (byte) 0);

    assertThat(refusal(verdict(signed(report, VCEK)))).contains("hides its id");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 671, 1183, 1185, 4096})
  void refusesEveryOtherLength(int length) {
    assertThat(refusal(verdict(Arrays.copyOf(signed(body(3), VCEK), length))))
        .contains("1184 bytes");
  }

  @Test
  void refusesAnotherKeysSignatureAndAnotherChain() {
    assertThat(refusal(verdict(signed(body(3), Authority.ec("secp384r1")))))
        .contains("signature is wrong");

    Authority strange = Authority.root("ARK-Test", Authority.rsa(), "SHA384withRSAandMGF1");
    byte[] foreign = Authority.pem(LEAF, ASK.certificate, strange.certificate);
    assertThat(refusal(verifier(mirrorFiles()).verify(signed(body(3), VCEK), foreign, BOUND, NOW)))
        .contains("mirrored AMD root");

    byte[] swapped = Authority.pem(ASK.certificate, LEAF, ARK.certificate);
    assertThat(verifier(mirrorFiles()).verify(signed(body(3), VCEK), swapped, BOUND, NOW))
        .isInstanceOf(Verdict.Rejected.class);
    byte[] shorter = Authority.pem(LEAF, ARK.certificate);
    assertThat(verifier(mirrorFiles()).verify(signed(body(3), VCEK), shorter, BOUND, NOW))
        .isInstanceOf(Verdict.Rejected.class);
    byte[] longer = Authority.pem(LEAF, ASK.certificate, ARK.certificate, ARK.certificate);
    assertThat(verifier(mirrorFiles()).verify(signed(body(3), VCEK), longer, BOUND, NOW))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void refusesALeafThatALeafIssued() {
    KeyPair pair = Authority.ec("secp384r1");
    Authority impostor = ASK.subordinate("SEV-VCEK", pair, "SHA384withECDSA");
    KeyPair key = Authority.ec("secp384r1");
    X509Certificate leaf = impostor.leaf("SEV-VCEK", key, extensions(CHIP, 3, 0, 8, 115));
    byte[] chain = Authority.pem(leaf, LEAF, ARK.certificate);

    assertThat(verifier(mirrorFiles()).verify(signed(body(3), key), chain, BOUND, NOW))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void refusesARevokedIssuerAndAnOldList() {
    Map<String, byte[]> files = mirrorFiles();
    files.put("amd/revoked.crl", ARK.crl(NOW.plus(Duration.ofDays(10)), ASK.certificate));
    assertThat(refusal(verifier(files).verify(signed(body(3), VCEK), chain(), BOUND, NOW)))
        .contains("revoked");

    files.put("amd/revoked.crl", ARK.crl(NOW.minusSeconds(1)));
    assertThat(refusal(verifier(files).verify(signed(body(3), VCEK), chain(), BOUND, NOW)))
        .contains("not current");

    files.put("amd/revoked.crl", ASK.crl(NOW.plus(Duration.ofDays(10))));
    assertThat(refusal(verifier(files).verify(signed(body(3), VCEK), chain(), BOUND, NOW)))
        .contains("another issuer's");
  }

  @Test
  void refusesOldFirmware() {
    X509Certificate old = ASK.leaf("SEV-VCEK", VCEK, extensions(CHIP, 2, 0, 8, 115));
    byte[] report = body(3);
    report[0x180] = 2;
    byte[] chain = Authority.pem(old, ASK.certificate, ARK.certificate);

    assertThat(refusal(verifier(mirrorFiles()).verify(signed(report, VCEK), chain, BOUND, NOW)))
        .contains("older than the mirror's");
  }

  @Test
  void knowsNothingOnceMirrorOrCertificatesHaveEnded() {
    Instant later = Instant.parse("2026-12-20T00:00:00Z");
    assertThat(
            refusal(verifier(mirrorFiles()).verify(signed(body(3), VCEK), chain(), BOUND, later)))
        .contains("mirror of reference values has expired");

    X509Certificate ended = ASK.issue("SEV-VCEK", VCEK, false, extensions(CHIP, 3, 0, 8, 115), -1);
    byte[] chain = Authority.pem(ended, ASK.certificate, ARK.certificate);
    assertThat(refusal(verifier(mirrorFiles()).verify(signed(body(3), VCEK), chain, BOUND, NOW)))
        .contains("expired");
  }

  @Test
  void refusesAnOlderNonce() {
    byte[] other = NONCE.clone();
    other[0] = 1;

    assertThat(
            refusal(
                verifier(mirrorFiles())
                    .verify(
                        signed(body(3), VCEK), chain(), KeyBinding.reportData(other, SPKI), NOW)))
        .contains("does not bind");
  }

  @Test
  void readsTurinsOrderOfLevels() {
    Map<String, ASN1Encodable> extensions =
        extensions(Arrays.copyOf(filled(8, 7), 8), 3, 0, 8, 115);
    extensions.put(OID + "3.9", new ASN1Integer(1));
    X509Certificate turin = ASK.leaf("SEV-VCEK", VCEK, extensions);
    byte[] report = body(3);
    report[0x188] = 0x1A;
    Arrays.fill(report, 0x1A8, 0x1E0, (byte) 0);
    byte[] tcb = {1, 3, 0, 8, 0, 0, 0, 115};
    for (int at : new int[] {0x38, 0x180, 0x1E0, 0x1F0}) {
      System.arraycopy(tcb, 0, report, at, 8);
    }
    byte[] chain = Authority.pem(turin, ASK.certificate, ARK.certificate);

    assertThat(verifier(mirrorFiles()).verify(signed(report, VCEK), chain, BOUND, NOW))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    SnpReport.read(bytes);
    verifier(mirrorFiles()).verify(bytes, bytes, BOUND, NOW);
    verifier(mirrorFiles()).verify(signed(body(3), VCEK), bytes, BOUND, NOW);
    assertThat(Mirror.of(Map.of("mirror.json", bytes)))
        .isInstanceOfAny(Reading.Read.class, Reading.Unreadable.class);
  }
}
