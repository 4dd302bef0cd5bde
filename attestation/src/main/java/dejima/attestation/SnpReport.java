package dejima.attestation;

import dejima.evidence.Reading;
import java.util.Arrays;
import java.util.HexFormat;

/// An attestation report of AMD SEV-SNP, versions 2 to 5 (AMD 56860, table `ATTESTATION_REPORT`):
/// 1,184 bytes, of which the first 672 are signed. What is reserved must be zero.
public final class SnpReport {
  /// Bytes of a report.
  public static final int LENGTH = 0x4A0;

  static final int SIGNED = 0x2A0;
  private static final int ECDSA_P384_SHA384 = 1;
  private static final int COMPONENT = 72;
  private static final int P384 = 48;

  private final LittleEndian bytes;

  private SnpReport(LittleEndian bytes) {
    this.bytes = bytes;
  }

  /// Reads a report of exactly its length.
  public static Reading<SnpReport> read(byte[] report) {
    try {
      Refused.unless(
          report.length == LENGTH,
          "an SEV-SNP report has " + LENGTH + " bytes, not " + report.length);
      SnpReport read = new SnpReport(new LittleEndian(report));
      read.checkForm();
      return new Reading.Read<>(read);
    } catch (Refused broken) {
      return new Reading.Unreadable<>(broken.reason());
    }
  }

  private void checkForm() {
    Refused.unless(
        version() >= 2 && version() <= 5, "SEV-SNP report of unknown version " + version());
    Refused.unless(bytes.u32(0x34) == ECDSA_P384_SHA384, "the report is signed in an unknown way");
    Refused.unless((policy() & (1L << 17)) != 0, "the guest policy's reserved bit 17 is not set");
    Refused.unless(policy() >>> 26 == 0, "the guest policy has unknown bits");
    Refused.unless(bytes.u32(0x30) <= 3, "there are four privilege levels, 0 to 3");
    Refused.unless(
        (bytes.u32(0x48) >>> 5) == 0 && signingKey() <= 1, "the report's signer is unknown");
    zero(0x4C, 0x50);
    zero(version() >= 3 ? 0x18B : 0x188, 0x1A0);
    zero(0x1EB, 0x1EC);
    zero(0x1EF, 0x1F0);
    // Version 5 put two vectors of mitigations behind LAUNCH_TCB.
    zero(version() >= 5 ? 0x208 : 0x1F8, SIGNED);
    zero(SIGNED + P384, SIGNED + COMPONENT);
    zero(SIGNED + COMPONENT + P384, LENGTH);
  }

  private void zero(int from, int to) {
    Refused.unless(bytes.isZero(from, to), "reserved bytes at 0x%x are not zero".formatted(from));
  }

  long version() {
    return bytes.u32(0x00);
  }

  long policy() {
    return bytes.u64(0x08);
  }

  boolean debugAllowed() {
    return (policy() & (1L << 19)) != 0;
  }

  boolean migrationAllowed() {
    return (policy() & (1L << 18)) != 0;
  }

  /// Which privilege level of the guest asked for it.
  long vmpl() {
    return bytes.u32(0x30);
  }

  /// 0 for a chip's own key (VCEK), 1 for a cloud's (VLEK).
  long signingKey() {
    return (bytes.u32(0x48) >>> 2) & 7;
  }

  boolean chipIdMasked() {
    return (bytes.u32(0x48) & 2) != 0;
  }

  byte[] reportData() {
    return bytes.slice(0x50, 0x90);
  }

  String measurement() {
    return HexFormat.of().formatHex(bytes.slice(0x90, 0xC0));
  }

  byte[] reportedTcb() {
    return bytes.slice(0x180, 0x188);
  }

  byte[] currentTcb() {
    return bytes.slice(0x38, 0x40);
  }

  byte[] committedTcb() {
    return bytes.slice(0x1E0, 0x1E8);
  }

  /// Family 1Ah (Turin) orders the bytes of a TCB version otherwise.
  boolean turin() {
    return version() >= 3 && bytes.byteAt(0x188) == 0x1A;
  }

  String chipId() {
    return HexFormat.of().formatHex(bytes.slice(0x1A0, 0x1E0));
  }

  byte[] signed() {
    return bytes.slice(0, SIGNED);
  }

  /// `r ‖ s`, big-endian, 48 bytes each.
  byte[] signature() {
    byte[] both = new byte[2 * P384];
    System.arraycopy(reversed(SIGNED), 0, both, 0, P384);
    System.arraycopy(reversed(SIGNED + COMPONENT), 0, both, P384, P384);
    return both;
  }

  private byte[] reversed(int at) {
    byte[] little = bytes.slice(at, at + P384);
    byte[] big = new byte[P384];
    for (int i = 0; i < P384; i++) {
      big[i] = little[P384 - 1 - i];
    }
    return big;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SnpReport that
        && Arrays.equals(bytes.slice(0, LENGTH), that.bytes.slice(0, LENGTH));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes.slice(0, LENGTH));
  }
}
