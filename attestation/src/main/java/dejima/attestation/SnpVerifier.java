package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;

/// Verifies SEV-SNP reports: chain ARK → ASK → VCEK (AMD 57230), signature, TCB, policy,
/// measurement, key binding and chip.
public final class SnpVerifier {
  private static final String AMD = "1.3.6.1.4.1.3704.1.";
  private static final List<String> SPL = List.of("3.1", "3.2", "3.3", "3.8");
  private static final List<String> SPL_TURIN = List.of("3.9", "3.1", "3.2", "3.3", "3.8");

  /// Where in a TCB version the byte of each extension stands.
  private static final int[] AT = {0, 1, 6, 7};

  private static final int[] AT_TURIN = {0, 1, 2, 3, 7};

  private final Mirror mirror;

  /// Trusts what stands in a mirror.
  public SnpVerifier(Mirror mirror) {
    this.mirror = mirror;
  }

  /// Verifies one report.
  ///
  /// @param report 1,184 bytes
  /// @param chain PEM: the VCEK or VLEK first, then ASK and ARK
  /// @param reportData what the report must hold, see [KeyBinding]
  public Verdict verify(byte[] report, byte[] chain, byte[] reportData, Instant now) {
    return switch (SnpReport.read(report)) {
      case Reading.Unreadable<SnpReport>(String reason) -> new Verdict.Rejected(reason);
      case Reading.Read<SnpReport>(SnpReport read) -> {
        try {
          yield genuine(read, Certificates.pem(chain), reportData, now);
        } catch (Refused broken) {
          yield new Verdict.Rejected(broken.reason());
        }
      }
    };
  }

  private Verdict genuine(
      SnpReport report, List<X509Certificate> chain, byte[] reportData, Instant now) {
    Refused.unless(chain.size() == 3, "the chain is not VCEK, ASK, ARK");
    X509Certificate vcek = chain.getFirst();
    Instant until = mirror.validUntil(now);
    until =
        Certificates.earlier(
            until, Certificates.check(chain, mirror.amdRoot(chain.getLast()), now));
    until =
        Certificates.earlier(
            until,
            Certificates.notRevoked(chain.get(1), mirror.amdRevoked(), chain.getLast(), now));
    Refused.unless(Ecdsa.onCurve(vcek.getPublicKey(), 384), "the VCEK is no P-384 key");
    Refused.unless(
        Ecdsa.verifies(vcek.getPublicKey(), "SHA384", report.signed(), report.signature()),
        "the report's signature is wrong");
    checkKey(report, vcek);
    checkTcb(report, vcek);
    checkGuest(report, reportData);
    return new Verdict.Genuine(report.chipId(), until, claims(report));
  }

  /// The certificate is that of this chip; a VLEK names none, and a masked id names nobody.
  private static void checkKey(SnpReport report, X509Certificate vcek) {
    boolean vlek = vcek.getSubjectX500Principal().getName().contains("CN=SEV-VLEK");
    Refused.unless(
        vlek == (report.signingKey() == 1), "the report was signed by another kind of key");
    Refused.unless(
        !report.chipIdMasked() && !report.chipId().chars().allMatch(c -> c == '0'),
        "the chip hides its id, so the site's register cannot know it");
    if (!vlek) {
      // Family 1Ah has ids of 8 bytes, padded with zeros.
      byte[] id = hardwareId(vcek);
      byte[] padded = Arrays.copyOf(id, 64);
      Refused.unless(
          (id.length == 64 || (report.turin() && id.length == 8))
              && report.chipId().equals(HexFormat.of().formatHex(padded)),
          "the VCEK is another chip's");
    }
  }

  /// Some certificates wrap the id in an OCTET STRING of its own and some do not.
  private static byte[] hardwareId(X509Certificate vcek) {
    byte[] value = Certificates.extension(vcek, AMD + "4");
    if (value.length == 64 || value.length == 8) {
      return value;
    }
    try {
      if (ASN1Primitive.fromByteArray(value) instanceof ASN1OctetString inner) {
        return inner.getOctets();
      }
    } catch (IOException malformed) {
      throw new Refused("the VCEK's chip id cannot be read");
    }
    throw new Refused("the VCEK's chip id cannot be read");
  }

  private void checkTcb(SnpReport report, X509Certificate vcek) {
    byte[] tcb = report.reportedTcb();
    List<String> names = report.turin() ? SPL_TURIN : SPL;
    int[] places = report.turin() ? AT_TURIN : AT;
    List<Integer> least = mirror.amdLeastTcb(report.turin());
    for (int i = 0; i < names.size(); i++) {
      int level = tcb[places[i]] & 0xff;
      Refused.unless(
          level == integer(Certificates.extension(vcek, AMD + names.get(i))),
          "the VCEK is for another version of the firmware than the report says");
      Refused.unless(
          level >= least.get(i), "the firmware is older than the mirror's reference values allow");
      Refused.unless(
          level <= (report.committedTcb()[places[i]] & 0xff)
              && level <= (report.currentTcb()[places[i]] & 0xff),
          "the report claims newer firmware than the chip is committed to");
    }
  }

  private static int integer(byte[] der) {
    try {
      if (ASN1Primitive.fromByteArray(der) instanceof ASN1Integer number
          && number.getValue().compareTo(BigInteger.valueOf(255)) <= 0
          && number.getValue().signum() >= 0) {
        return number.getValue().intValueExact();
      }
    } catch (IOException malformed) {
      throw new Refused("a level in the VCEK cannot be read");
    }
    throw new Refused("a level in the VCEK cannot be read");
  }

  private void checkGuest(SnpReport report, byte[] reportData) {
    Refused.unless(!report.debugAllowed(), "the guest's policy allows debugging");
    Refused.unless(!report.migrationAllowed(), "the guest's policy allows a migration agent");
    Refused.unless(report.vmpl() == 0, "the report was asked for from a lower privilege level");
    Refused.unless(
        mirror.measurements("amd").contains(report.measurement()),
        "the measurement is not among the reference values");
    Refused.unless(
        java.security.MessageDigest.isEqual(report.reportData(), reportData),
        "the report does not bind the site's key and the nonce");
  }

  private static Json.Obj claims(SnpReport report) {
    return Json.object()
        .put("tee", "sev-snp")
        .put("version", report.version())
        .put("measurement", report.measurement())
        .put("chipId", report.chipId())
        .put("reportedTcb", HexFormat.of().formatHex(report.reportedTcb()))
        .put("policy", HexFormat.of().toHexDigits(report.policy()))
        .build();
  }
}
