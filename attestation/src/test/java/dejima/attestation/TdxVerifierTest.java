package dejima.attestation;

import static dejima.attestation.Authority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Quotes are constructed with a made-up vendor's keys; no hardware has been at hand.
final class TdxVerifierTest {
  private static final String SGX = "1.2.840.113741.1.13.1";
  private static final byte[] BOUND = KeyBinding.reportData(new byte[32], new byte[] {1, 2, 3});
  private static final Authority ROOT =
      Authority.root("SGX Root CA", Authority.ec("secp256r1"), "SHA256withECDSA");
  private static final Authority PLATFORM =
      ROOT.subordinate("SGX PCK Platform CA", Authority.ec("secp256r1"), "SHA256withECDSA");
  private static final KeyPair TCB_SIGNING = Authority.ec("secp256r1");
  private static final X509Certificate TCB_SIGNER =
      ROOT.leaf("SGX TCB Signing", TCB_SIGNING, Map.of());
  private static final KeyPair PCK = Authority.ec("secp256r1");
  private static final X509Certificate PCK_LEAF =
      PLATFORM.leaf("SGX PCK", PCK, Map.of(SGX, extension(5, 11)));
  private static final KeyPair ATTESTATION = Authority.ec("secp256r1");
  private static final String MEASURED = "11".repeat(48) + ("/" + "22".repeat(48)).repeat(4);
  private static final byte[] AUTH = {0, 1, 2, 3};

  private static ASN1Encodable pair(String name, ASN1Encodable value) {
    return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(SGX + name), value});
  }

  private static ASN1Encodable extension(int level, int pceSvn) {
    ASN1EncodableVector tcb = new ASN1EncodableVector();
    for (int i = 1; i <= 16; i++) {
      tcb.add(pair(".2." + i, new ASN1Integer(level)));
    }
    tcb.add(pair(".2.17", new ASN1Integer(pceSvn)));
    tcb.add(pair(".2.18", new DEROctetString(new byte[16])));
    return new DERSequence(
        new ASN1Encodable[] {
          pair(".1", new DEROctetString(filled(16, 0xaa))),
          pair(".2", new DERSequence(tcb)),
          pair(".3", new DEROctetString(new byte[2])),
          pair(".4", new DEROctetString(filled(6, 0xbb)))
        });
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] json(String name, String inner, KeyPair key) {
    String signature =
        HexFormat.of()
            .formatHex(
                Authority.sign(key.getPrivate(), "SHA256", inner.getBytes(StandardCharsets.UTF_8)));
    return ("{\"" + name + "\":" + inner + ",\"signature\":\"" + signature + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String components(int svn) {
    return "[" + ("{\"svn\":" + svn + "},").repeat(15) + "{\"svn\":" + svn + "}]";
  }

  private static String tcbInfo(String status) {
    return """
    {"id":"TDX","version":3,"issueDate":"2026-11-20T00:00:00Z","nextUpdate":"2026-12-10T00:00:00Z","fmspc":"BBBBBBBBBBBB","pceId":"0000","tdxModuleIdentities":[{"id":"TDX_01","tcbLevels":[{"tcb":{"isvsvn":4},"tcbStatus":"UpToDate"}]}],"tcbLevels":[{"tcb":{"sgxtcbcomponents":%s,"pcesvn":11,"tdxtcbcomponents":%s},"tcbStatus":"%s"},{"tcb":{"sgxtcbcomponents":%s,"pcesvn":5,"tdxtcbcomponents":%s},"tcbStatus":"OutOfDate"}]}\
    """
        .strip()
        .formatted(components(5), components(4), status, components(1), components(0));
  }

  private static String enclave(String status) {
    return """
    {"id":"TD_QE","version":2,"issueDate":"2026-11-20T00:00:00Z","nextUpdate":"2026-12-11T00:00:00Z","miscselect":"00000000","miscselectMask":"FFFFFFFF","attributes":"11000000000000000000000000000000","attributesMask":"FBFFFFFFFFFFFFFF0000000000000000","mrsigner":"%s","isvprodid":2,"tcbLevels":[{"tcb":{"isvsvn":4},"tcbStatus":"%s"},{"tcb":{"isvsvn":1},"tcbStatus":"OutOfDate"}]}\
    """
        .strip()
        .formatted("DC".repeat(32), status);
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        "mirror.json",
        Authority.mirrorJson("00".repeat(48), MEASURED).getBytes(StandardCharsets.UTF_8));
    files.put("intel/root.pem", Authority.pem(ROOT.certificate));
    files.put("intel/root.crl", ROOT.crl(NOW.plus(Duration.ofDays(20))));
    files.put("intel/pck.crl", PLATFORM.crl(NOW.plus(Duration.ofDays(15))));
    files.put("intel/tcb-signing.pem", Authority.pem(TCB_SIGNER));
    files.put("intel/tcb-bbbbbbbbbbbb.json", json("tcbInfo", tcbInfo("UpToDate"), TCB_SIGNING));
    files.put("intel/qe-identity.json", json("enclaveIdentity", enclave("UpToDate"), TCB_SIGNING));
    return files;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] header(int version) {
    return little(48)
        .putShort((short) version)
        .putShort((short) 2)
        .putInt(0x81)
        .putInt(0)
        .put(HexFormat.of().parseHex("939a7233f79c4ca9940a0db3957f0607"))
        .array();
  }

  /// A TD report's body.
  private static byte[] body(int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, 0, 16, (byte) 4);
    body[1] = 1;
    body[0x78 + 3] = 0x10; // SEPT_VE_DISABLE
    Arrays.fill(body, 0x88, 0xB8, (byte) 0x11);
    Arrays.fill(body, 0x148, 0x208, (byte) 0x22);
    System.arraycopy(BOUND, 0, body, 0x208, 64);
    return body;
  }

  private static byte[] qeReport(byte[] key) {
    byte[] report = new byte[TdxQuote.QE_REPORT];
    report[48] = 0x11;
    Arrays.fill(report, 128, 160, (byte) 0xDC);
    report[256] = 2;
    report[258] = 4;
    System.arraycopy(Authority.sha256(key, AUTH), 0, report, 320, 32);
    return report;
  }

  private static byte[] signedPart(int version, byte[] body) {
    byte[] header = header(version);
    byte[] all = new byte[header.length + (version == 5 ? 6 : 0) + body.length];
    ByteBuffer part = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).put(header);
    if (version == 5) {
      part.putShort((short) (body.length == 648 ? 3 : 2)).putInt(body.length);
    }
    part.put(body);
    return all;
  }

  private static byte[] quote(byte[] signed) {
    byte[] report = qeReport(Authority.point(ATTESTATION, 32));
    return quote(signed, report, PCK, chain());
  }

  private static byte[] chain() {
    return Authority.pem(PCK_LEAF, PLATFORM.certificate, ROOT.certificate);
  }

  private static byte[] quote(byte[] signed, byte[] report, KeyPair pck, byte[] chain) {
    byte[] key = Authority.point(ATTESTATION, 32);
    int certification = 384 + 64 + 2 + AUTH.length + 6 + chain.length;
    int data = 128 + 6 + certification;
    return little(signed.length + 4 + data)
        .put(signed)
        .putInt(data)
        .put(Authority.sign(ATTESTATION.getPrivate(), "SHA256", signed))
        .put(key)
        .putShort((short) 6)
        .putInt(certification)
        .put(report)
        .put(Authority.sign(pck.getPrivate(), "SHA256", report))
        .putShort((short) AUTH.length)
        .put(AUTH)
        .putShort((short) 5)
        .putInt(chain.length)
        .put(chain)
        .array();
  }

  private static byte[] sound(int version, int length) {
    return quote(signedPart(version, body(length)));
  }

  private static String refusal(Map<String, byte[]> files, byte[] quote, Instant now) {
    return switch (new TdxVerifier(Mirror.of(files).orThrow()).verify(quote, BOUND, now)) {
      case Verdict.Genuine _ -> "genuine";
      case Verdict.Rejected(String reason) -> reason;
    };
  }

  private static String refusal(byte[] quote) {
    return refusal(files(), quote, NOW);
  }

  @ParameterizedTest
  @CsvSource({"4, 584", "5, 584", "5, 648"})
  void findsAQuoteGenuineThatBindsTheKey(int version, int length) {
    assertThat(
            new TdxVerifier(Mirror.of(files()).orThrow())
                .verify(sound(version, length), BOUND, NOW))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> {
              assertThat(genuine.hardware()).isEqualTo("aa".repeat(16));
              assertThat(genuine.until()).isEqualTo(Instant.parse("2026-12-06T03:00:00Z"));
            });
  }

  @Property(tries = 300)
  void refusesAQuoteInWhichAnyBitOfTheSignedPartsWasChanged(
      @ForAll @IntRange(max = 632 + 4 + 128 + 6 + 384 + 64 + 2 + 4 - 1) int at,
      @ForAll @IntRange(max = 7) int bit) {
    byte[] quote = sound(4, 584);
    quote[at] = (byte) (quote[at] ^ (1 << bit));

    assertThat(refusal(quote)).isNotEqualTo("genuine");
  }

  @ParameterizedTest
  @CsvSource({
    "0x40, 1, not signed by Intel",
    "0x70, 1, has attributes",
    "0x78, 1, can be debugged",
    "0x78, 0x80, can be debugged",
    "0x7B, 0, SEPT_VE",
    "0x7B, 0x30, can be migrated",
    "0x88, 0, measurement",
    "0x148, 0, measurement",
    "0x207, 0, measurement",
    "0x208, 0x55, does not bind",
    "0x00, 3, module is older",
    "0x01, 2, TDX_02 is unknown",
    "0x02, 3, platform is OutOfDate"
  })
  void refusesEachForgedFieldEvenIfItIsSigned(String at, String value, String reason) {
    byte[] body = body(584);
    byte before = body[Integer.decode(at)];
    body[Integer.decode(at)] = Integer.decode(value).byteValue();
    if (before == body[Integer.decode(at)]) {
      body[Integer.decode(at)]++;
    }

    assertThat(refusal(quote(signedPart(4, body)))).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, version",
    "0, 6, version",
    "2, 3, unknown way",
    "4, 0, not one of TDX",
    "12, 0, Intel's quoting"
  })
  void refusesEachForgedHeaderField(int at, int value, String reason) {
    byte[] signed = signedPart(4, body(584));
    signed[at] = (byte) value;

    assertThat(refusal(quote(signed))).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 1, MISCSELECT", "48, 0x13, attributes", "128, 0, not Intel's", "256, 1, not Intel's",
    "258, 3, OutOfDate", "258, 0, older than any", "320, 0, does not vouch",
        "383, 1, does not vouch"
  })
  void refusesEachForgedFieldOfTheQuotingEnclave(int at, String value, String reason) {
    byte[] report = qeReport(Authority.point(ATTESTATION, 32));
    byte forged = Integer.decode(value).byteValue();
    report[at] = report[at] == forged ? (byte) (forged + 1) : forged;

    assertThat(refusal(quote(signedPart(4, body(584)), report, PCK, chain()))).contains(reason);
  }

  @Test
  void refusesForgedLengthsAndWhateverFollows() {
    byte[] quote = sound(4, 584);
    for (int at : new int[] {632, 632 + 4 + 128 + 2, 632 + 4 + 128 + 6 + 384 + 64 + 2 + 4 + 2}) {
      for (int by : new int[] {-1, 1, 0x7f}) {
        byte[] forged = quote.clone();
        forged[at] = (byte) (forged[at] + by);
        assertThat(refusal(forged)).as("at %d by %d", at, by).contains("length");
      }
      byte[] huge = quote.clone();
      huge[at + 3] = (byte) 0xff;
      assertThat(refusal(huge)).isNotEqualTo("genuine");
    }
    byte[] authentication = quote.clone();
    authentication[632 + 4 + 128 + 6 + 384 + 64 + 1] = (byte) 0xff;
    assertThat(refusal(authentication)).isNotEqualTo("genuine");
    assertThat(refusal(Arrays.copyOf(quote, quote.length + 1))).contains("length");
    assertThat(refusal(Arrays.copyOf(quote, quote.length - 1))).contains("length");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47, 631, 632, 635, 636, 764, 1_220})
  void refusesQuotesThatEndEarly(int length) {
    assertThat(refusal(Arrays.copyOf(sound(4, 584), length))).isNotEqualTo("genuine");
  }

  @ParameterizedTest
  @ValueSource(ints = {584 + 16, 647})
  void refusesADomainThatAnotherOneServes(int at) {
    byte[] body = body(648);
    body[at] = 1;

    assertThat(refusal(quote(signedPart(5, body)))).contains("service domain");
  }

  @Test
  void refusesACertificateThatDemandsWhatNobodyKnows() {
    X509Certificate demanding =
        PLATFORM.leaf(
            "SGX PCK", PCK, Map.of(SGX, extension(5, 11), Authority.DEMANDED, new ASN1Integer(1)));
    byte[] chain = Authority.pem(demanding, PLATFORM.certificate, ROOT.certificate);
    byte[] report = qeReport(Authority.point(ATTESTATION, 32));

    assertThat(refusal(quote(signedPart(4, body(584)), report, PCK, chain)))
        .contains("demands an extension");
  }

  /// RFC 5280 §6.1.4: who issues says so, and how far down.
  @Test
  void refusesALeafThatIssues() {
    KeyPair pair = Authority.ec("secp256r1");
    Authority leaf = PLATFORM.posing("SGX PCK", PCK);
    X509Certificate below = leaf.leaf("SGX PCK", pair, Map.of(SGX, extension(5, 11)));
    byte[] chain = Authority.pem(below, leaf.certificate, ROOT.certificate);
    byte[] report = qeReport(Authority.point(ATTESTATION, 32));

    assertThat(refusal(quote(signedPart(4, body(584)), report, pair, chain)))
        .isNotEqualTo("genuine");
  }

  @Test
  void refusesAVersion5BodyOfAnotherTypeOrSize() {
    byte[] signed = signedPart(5, body(584));
    signed[48] = 3;
    assertThat(refusal(quote(signed))).contains("another type or size");
    signed[48] = 1;
    assertThat(refusal(quote(signed))).contains("another type or size");
  }

  @Test
  void refusesAnotherPckAndARevokedOne() {
    byte[] report = qeReport(Authority.point(ATTESTATION, 32));
    assertThat(refusal(quote(signedPart(4, body(584)), report, Authority.ec("secp256r1"), chain())))
        .contains("not signed by the PCK");

    Map<String, byte[]> files = files();
    files.put("intel/pck.crl", PLATFORM.crl(NOW.plus(Duration.ofDays(1)), PCK_LEAF));
    assertThat(refusal(files, sound(4, 584), NOW)).contains("revoked");

    files.put("intel/pck.crl", PLATFORM.crl(NOW.plus(Duration.ofDays(1))));
    files.put("intel/root.crl", ROOT.crl(NOW.plus(Duration.ofDays(1)), PLATFORM.certificate));
    assertThat(refusal(files, sound(4, 584), NOW)).contains("revoked");

    files.put("intel/root.crl", ROOT.crl(NOW.minusSeconds(1)));
    assertThat(refusal(files, sound(4, 584), NOW)).contains("not current");
  }

  @Test
  void refusesAPlatformThatIsNotUpToDate() {
    for (String status :
        new String[] {
          "OutOfDate", "Revoked", "ConfigurationNeeded", "OutOfDateConfigurationNeeded"
        }) {
      Map<String, byte[]> files = files();
      files.put("intel/tcb-bbbbbbbbbbbb.json", json("tcbInfo", tcbInfo(status), TCB_SIGNING));
      assertThat(refusal(files, sound(4, 584), NOW)).contains("the platform is " + status);

      files = files();
      files.put("intel/qe-identity.json", json("enclaveIdentity", enclave(status), TCB_SIGNING));
      assertThat(refusal(files, sound(4, 584), NOW)).contains("quoting enclave is " + status);
    }
  }

  @Test
  void refusesCollateralThatIsForgedMissingOrOld() {
    Map<String, byte[]> files = files();
    files.put(
        "intel/tcb-bbbbbbbbbbbb.json",
        json("tcbInfo", tcbInfo("UpToDate"), Authority.ec("secp256r1")));
    assertThat(refusal(files, sound(4, 584), NOW)).contains("signature of the mirrored tcbInfo");

    files.remove("intel/tcb-bbbbbbbbbbbb.json");
    assertThat(refusal(files, sound(4, 584), NOW)).contains("the mirror lacks intel/tcb-");

    Instant later = Instant.parse("2026-12-06T02:00:00Z");
    assertThat(refusal(files(), sound(4, 584), later)).isEqualTo("genuine");
    assertThat(refusal(files(), sound(4, 584), Instant.parse("2026-12-06T03:00:00Z")))
        .contains("not current");
  }

  @Test
  void refusesARootThatIsNotMirrored() {
    Authority strange = Authority.root("SGX Root CA", Authority.ec("secp256r1"), "SHA256withECDSA");
    Map<String, byte[]> files = files();
    files.put("intel/root.pem", Authority.pem(strange.certificate));

    assertThat(refusal(files, sound(4, 584), NOW)).contains("mirrored root");
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    TdxQuote.read(bytes);
    Map<String, byte[]> files = files();
    new TdxVerifier(Mirror.of(files).orThrow()).verify(bytes, BOUND, NOW);
    files.put("intel/qe-identity.json", bytes);
    new TdxVerifier(Mirror.of(files).orThrow()).verify(sound(4, 584), BOUND, NOW);
    files = files();
    files.put("intel/tcb-bbbbbbbbbbbb.json", bytes);
    new TdxVerifier(Mirror.of(files).orThrow()).verify(sound(4, 584), BOUND, NOW);
  }
}
