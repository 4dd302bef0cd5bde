package dejima.attestation;

import static dejima.attestation.IntelCollateral.hex;
import static dejima.attestation.IntelCollateral.masked;
import static dejima.attestation.IntelCollateral.number;
import static dejima.attestation.IntelCollateral.object;
import static dejima.attestation.IntelCollateral.objects;
import static dejima.attestation.IntelCollateral.text;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Verifies TDX quotes: PCK chain with revocation lists, quoting enclave, signature, platform and
/// module levels, attributes, measurements and key binding.
public final class TdxVerifier {
  private static final long DEBUG = 0xff;
  private static final long SEPT_VE_DISABLE = 1L << 28;
  private static final long MIGRATABLE = 1L << 29;

  private final Mirror mirror;

  /// Trusts what stands in a mirror.
  public TdxVerifier(Mirror mirror) {
    this.mirror = mirror;
  }

  /// Verifies one quote.
  ///
  /// @param reportData what the quote must hold, see [KeyBinding]
  public Verdict verify(byte[] quote, byte[] reportData, Instant now) {
    return switch (TdxQuote.read(quote)) {
      case Reading.Unreadable<TdxQuote>(String reason) -> new Verdict.Rejected(reason);
      case Reading.Read<TdxQuote>(TdxQuote read) -> {
        try {
          yield genuine(read, reportData, now);
        } catch (Refused broken) {
          yield new Verdict.Rejected(broken.reason());
        }
      }
    };
  }

  private Verdict genuine(TdxQuote quote, byte[] reportData, Instant now) {
    Instant until = mirror.validUntil(now);
    List<X509Certificate> chain = Certificates.pem(quote.pckChain());
    Refused.unless(chain.size() == 3, "the chain is not PCK, PCK CA, root");
    X509Certificate root = mirror.certificate("intel/root.pem");
    until = Certificates.earlier(until, Certificates.check(chain, root, now));
    until =
        Certificates.earlier(
            until,
            Certificates.notRevoked(chain.get(0), mirror.crl("intel/pck.crl"), chain.get(1), now));
    until =
        Certificates.earlier(
            until, Certificates.notRevoked(chain.get(1), mirror.crl("intel/root.crl"), root, now));
    checkSignatures(quote, chain.getFirst().getPublicKey());
    PublicKey signer = collateralSigner(root, now);
    until = Certificates.earlier(until, checkEnclave(quote, signer, now));
    PckExtension platform = PckExtension.of(chain.getFirst());
    until = Certificates.earlier(until, checkPlatform(quote, platform, signer, now));
    checkDomain(quote, reportData);
    return new Verdict.Genuine(platform.ppid(), until, claims(quote, platform));
  }

  private static void checkSignatures(TdxQuote quote, PublicKey pck) {
    Refused.unless(Ecdsa.onCurve(pck, 256), "the PCK is no P-256 key");
    Refused.unless(
        Ecdsa.verifies(pck, "SHA256", quote.qeReport(), quote.qeReportSignature()),
        "the quoting enclave's report is not signed by the PCK");
    MessageDigest digest = KeyBinding.digest("SHA-256");
    digest.update(quote.attestationKey());
    byte[] bound = Arrays.copyOf(digest.digest(quote.qeAuthentication()), 64);
    Refused.unless(
        MessageDigest.isEqual(bound, Arrays.copyOfRange(quote.qeReport(), 320, 384)),
        "the quoting enclave does not vouch for the key that signed the quote");
    Refused.unless(
        Ecdsa.verifies(
            Ecdsa.key("secp256r1", quote.attestationKey()),
            "SHA256",
            quote.signed(),
            quote.signatureBytes()),
        "the quote's signature is wrong");
  }

  private PublicKey collateralSigner(X509Certificate root, Instant now) {
    X509Certificate signer = mirror.certificate("intel/tcb-signing.pem");
    Certificates.check(List.of(signer, root), root, now);
    Certificates.notRevoked(signer, mirror.crl("intel/root.crl"), root, now);
    return signer.getPublicKey();
  }

  /// The quoting enclave is Intel's and up to date (`enclaveIdentity`).
  private Instant checkEnclave(TdxQuote quote, PublicKey signer, Instant now) {
    IntelCollateral.Signed identity =
        IntelCollateral.read(mirror.file("intel/qe-identity.json"), "enclaveIdentity", signer, now);
    Json.Obj wanted = identity.json();
    LittleEndian report = new LittleEndian(quote.qeReport());
    Refused.unless(
        text(wanted, "id").equals("TD_QE") && number(wanted, "version") == 2,
        "the mirrored enclaveIdentity is not that of TDX");
    Refused.unless(
        // MISCSELECT is a number: Intel writes it with its highest byte first.
        masked(
            HexFormat.of().toHexDigits((int) report.u32(16)),
            hex(wanted, "miscselect"),
            hex(wanted, "miscselectMask")),
        "the quoting enclave has another MISCSELECT");
    Refused.unless(
        masked(part(report, 48, 64), hex(wanted, "attributes"), hex(wanted, "attributesMask")),
        "the quoting enclave has other attributes");
    Refused.unless(
        part(report, 128, 160).equals(hex(wanted, "mrsigner"))
            && report.u16(256) == number(wanted, "isvprodid"),
        "the quoting enclave is not Intel's");
    Json.Obj level =
        objects(wanted, "tcbLevels").stream()
            .filter(one -> number(object(one, "tcb"), "isvsvn") <= report.u16(258))
            .findFirst()
            .orElseThrow(() -> new Refused("the quoting enclave is older than any known level"));
    IntelCollateral.requireUpToDate("the quoting enclave", level);
    return identity.until();
  }

  private static String part(LittleEndian bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes.slice(from, to));
  }

  /// Platform and TDX module are of a kind that Intel knows, and up to date (`tcbInfo`).
  private Instant checkPlatform(
      TdxQuote quote, PckExtension platform, PublicKey signer, Instant now) {
    IntelCollateral.Signed info =
        IntelCollateral.read(
            mirror.file("intel/tcb-" + platform.fmspc() + ".json"), "tcbInfo", signer, now);
    Json.Obj tcb = info.json();
    Refused.unless(
        text(tcb, "id").equals("TDX")
            && number(tcb, "version") == 3
            && hex(tcb, "fmspc").equals(platform.fmspc())
            && hex(tcb, "pceId").equals(platform.pceId()),
        "the mirrored tcbInfo is of another kind of platform");
    Json.Obj level =
        objects(tcb, "tcbLevels").stream()
            .filter(one -> reaches(object(one, "tcb"), platform, quote.teeTcbSvn()))
            .findFirst()
            .orElseThrow(() -> new Refused("the platform is older than any known level"));
    IntelCollateral.requireUpToDate("the platform", level);
    checkModule(tcb, quote.teeTcbSvn());
    return info.until();
  }

  private static boolean reaches(Json.Obj level, PckExtension platform, List<Integer> tee) {
    // Byte 1 of the TEE's levels is the module's version, which has an identity of its own.
    return atLeast(platform.levels(), objects(level, "sgxtcbcomponents"), -1)
        && platform.pceSvn() >= number(level, "pcesvn")
        && atLeast(tee, objects(level, "tdxtcbcomponents"), tee.get(1) > 0 ? 2 : 0);
  }

  private static boolean atLeast(List<Integer> levels, List<Json.Obj> wanted, int from) {
    Refused.unless(wanted.size() == 16, "the mirrored tcbInfo does not name 16 components");
    for (int i = Math.max(0, from); i < 16; i++) {
      if (levels.get(i) < number(wanted.get(i), "svn")) {
        return false;
      }
    }
    return true;
  }

  private static void checkModule(Json.Obj tcb, List<Integer> tee) {
    int version = tee.get(1);
    if (version == 0) {
      return;
    }
    String id = "TDX_%02x".formatted(version);
    Json.Obj module =
        objects(tcb, "tdxModuleIdentities").stream()
            .filter(one -> text(one, "id").equalsIgnoreCase(id))
            .findFirst()
            .orElseThrow(() -> new Refused("the TDX module " + id + " is unknown"));
    Json.Obj level =
        objects(module, "tcbLevels").stream()
            .filter(one -> number(object(one, "tcb"), "isvsvn") <= tee.getFirst())
            .findFirst()
            .orElseThrow(() -> new Refused("the TDX module is older than any known level"));
    IntelCollateral.requireUpToDate("the TDX module", level);
  }

  private void checkDomain(TdxQuote quote, byte[] reportData) {
    Refused.unless((quote.attributes() & DEBUG) == 0, "the trust domain can be debugged");
    Refused.unless(
        (quote.attributes() & SEPT_VE_DISABLE) != 0, "the trust domain does not disable SEPT_VE");
    Refused.unless((quote.attributes() & MIGRATABLE) == 0, "the trust domain can be migrated");
    Refused.unless(
        mirror.measurements("intel").contains(quote.measurement()),
        "the measurement is not among the reference values");
    Refused.unless(
        MessageDigest.isEqual(quote.reportData(), reportData),
        "the quote does not bind the site's key and the nonce");
  }

  private static Json.Obj claims(TdxQuote quote, PckExtension platform) {
    return Json.object()
        .put("tee", "tdx")
        .put("version", quote.version())
        .put("measurement", quote.measurement())
        .put("ppid", platform.ppid())
        .put("fmspc", platform.fmspc())
        .put(
            "teeTcbSvn",
            Json.array(quote.teeTcbSvn().stream().map(n -> Json.of((long) n)).toList()))
        .build();
  }
}
