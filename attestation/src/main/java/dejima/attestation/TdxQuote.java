package dejima.attestation;

import dejima.evidence.Reading;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/// A quote of Intel TDX, version 4 (TD 1.0) or 5 (TD 1.0 or 1.5), signed with ECDSA on P-256 (Intel
/// TDX DCAP Quoting Library API, appendix 3). Every length in it is exact, and nothing follows.
public final class TdxQuote {
  static final int QE_REPORT = 384;
  private static final int HEADER = 48;
  private static final int TD10 = 584;
  private static final int TD15 = 648;
  private static final int LONGEST = 64 << 10;
  private static final int ECDSA_P256 = 2;
  private static final int TDX = 0x81;
  private static final int QE_CERTIFICATION = 6;
  private static final int PCK_CHAIN = 5;

  /// Intel's quoting enclave.
  private static final String INTEL = "939a7233f79c4ca9940a0db3957f0607";

  private final LittleEndian bytes;
  private final int body;
  private final int signed;
  private final Signature signature;

  /// The parts behind what is signed; offsets into the quote.
  private record Signature(int key, int report, int auth, int authEnd, int chain, int chainEnd) {}

  private TdxQuote(LittleEndian bytes) {
    this.bytes = bytes;
    Refused.unless(
        bytes.length() >= HEADER + TD10 && bytes.length() <= LONGEST,
        "a TDX quote has 632 bytes to 64 KiB");
    checkHeader();
    int version = bytes.u16(0);
    if (version == 4) {
      body = HEADER;
      signed = HEADER + TD10;
    } else {
      // Version 5 names the body's type and size before it.
      int type = bytes.u16(HEADER);
      long size = bytes.u32(HEADER + 2);
      Refused.unless(
          (type == 2 && size == TD10) || (type == 3 && size == TD15),
          "the quote's body is of another type or size than TDX has");
      body = HEADER + 6;
      signed = body + Math.toIntExact(size);
    }
    signature = signature();
    checkBody();
  }

  /// Reads a quote.
  public static Reading<TdxQuote> read(byte[] quote) {
    try {
      return new Reading.Read<>(new TdxQuote(new LittleEndian(quote)));
    } catch (Refused broken) {
      return new Reading.Unreadable<>(broken.reason());
    }
  }

  private void checkHeader() {
    int version = bytes.u16(0);
    Refused.unless(
        version == 4 || version == 5, "a TDX quote is of version 4 or 5, not " + version);
    Refused.unless(bytes.u16(2) == ECDSA_P256, "the quote is signed in an unknown way");
    Refused.unless(bytes.u32(4) == TDX, "the quote is not one of TDX");
    // Bytes 8 to 12 were the versions of PCE and QE in version 4 and are reserved since.
    Refused.unless(
        HexFormat.of().formatHex(bytes.slice(12, 28)).equals(INTEL),
        "the quote is not of Intel's quoting enclave");
  }

  private Signature signature() {
    int at = size(signed, "signature data");
    Refused.unless(
        at + field(signed) == bytes.length(), "the quote's signature data is of another length");
    int key = at + 64;
    int certification = key + 64;
    require(certification + 6, bytes.length());
    Refused.unless(
        bytes.u16(certification) == QE_CERTIFICATION,
        "the quote's certification data is of another type");
    int report = certification + 6;
    Refused.unless(
        report + field(certification + 2) == bytes.length(),
        "the quote's certification data is of another length");
    int authSize = report + QE_REPORT + 64;
    require(authSize + 2, bytes.length());
    int auth = authSize + 2;
    int authEnd = auth + bytes.u16(authSize);
    require(authEnd + 6, bytes.length());
    Refused.unless(bytes.u16(authEnd) == PCK_CHAIN, "the quote does not carry its PCK chain");
    int chain = authEnd + 6;
    Refused.unless(
        chain + field(authEnd + 2) == bytes.length(), "the quote's PCK chain is of another length");
    return new Signature(key, report, auth, authEnd, chain, bytes.length());
  }

  private int size(int at, String what) {
    Refused.unless(at + 4 <= bytes.length(), "the quote ends before its " + what);
    return at + 4;
  }

  private static void require(int end, int length) {
    Refused.unless(end <= length, "the quote ends before its own lengths say");
  }

  private int field(int at) {
    require(at + 4, bytes.length());
    long size = bytes.u32(at);
    Refused.unless(size <= LONGEST, "the quote names a length beyond itself");
    return (int) size;
  }

  private void checkBody() {
    Refused.unless(bytes.isZero(body + 0x40, body + 0x70), "the TDX module is not signed by Intel");
    Refused.unless(bytes.isZero(body + 0x70, body + 0x78), "the TDX module has attributes");
    // MRSERVICETD, behind TEE_TCB_SVN_2: a domain that may move this one elsewhere.
    Refused.unless(
        signed - body < TD15 || bytes.isZero(body + TD10 + 16, body + TD15),
        "a service domain is bound to the trust domain");
  }

  byte[] signed() {
    return bytes.slice(0, signed);
  }

  byte[] signatureBytes() {
    return bytes.slice(signature.key() - 64, signature.key());
  }

  /// The key that signs the quote: x ‖ y.
  byte[] attestationKey() {
    return bytes.slice(signature.key(), signature.key() + 64);
  }

  byte[] qeReport() {
    return bytes.slice(signature.report(), signature.report() + QE_REPORT);
  }

  byte[] qeReportSignature() {
    return bytes.slice(signature.report() + QE_REPORT, signature.report() + QE_REPORT + 64);
  }

  byte[] qeAuthentication() {
    return bytes.slice(signature.auth(), signature.authEnd());
  }

  byte[] pckChain() {
    return bytes.slice(signature.chain(), signature.chainEnd());
  }

  List<Integer> teeTcbSvn() {
    return IntStream.range(0, 16).mapToObj(i -> bytes.byteAt(body + i)).toList();
  }

  /// `TDATTRIBUTES`; its lowest byte is about debugging and must be zero.
  long attributes() {
    return bytes.u64(body + 0x78);
  }

  byte[] reportData() {
    return bytes.slice(body + 0x208, body + 0x248);
  }

  /// MRTD and RTMR0 to RTMR3 in hexadecimal, with '/' between.
  String measurement() {
    StringBuilder text = new StringBuilder(hex(0x88));
    for (int i = 0; i < 4; i++) {
      text.append('/').append(hex(0x148 + 48 * i));
    }
    return text.toString();
  }

  private String hex(int at) {
    return HexFormat.of().formatHex(bytes.slice(body + at, body + at + 48));
  }

  int version() {
    return bytes.u16(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TdxQuote that
        && Arrays.equals(bytes.slice(0, bytes.length()), that.bytes.slice(0, that.bytes.length()));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes.slice(0, bytes.length()));
  }
}
