package dejima.attestation;

import dejima.evidence.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges what a site offers as a whole: a CPU quote that binds the key with which it answers, and
/// a token for its GPUs, both for a nonce that is at most a day old, on registered hardware.
///
/// Verified on constructed quotes only; no hardware has been at hand.
public sealed interface SiteAttestation {
  /// How long a quote counts after its nonce was given (evidence level E3).
  Duration FRESH = Duration.ofHours(24);

  /// How long a sealing key counts after its nonce was given (E4: a session).
  Duration SESSION = Duration.ofHours(2);

  /// The site's key lives in a verified environment.
  ///
  /// @param until until when that counts
  /// @param sealedUntil until when prompts may be sealed to the key that the quote binds, empty if
  ///   it binds none or the image may send something out
  /// @param nonce that the evidence binds
  /// @param claims what the evidence says, for the log
  record Attested(Instant until, Optional<Instant> sealedUntil, Nonce nonce, Json.Obj claims)
      implements SiteAttestation {}

  /// Nothing is established.
  ///
  /// @param reasons why, of each piece of evidence
  record Unattested(List<String> reasons) implements SiteAttestation {
    /// Copies the list.
    public Unattested {
      reasons = List.copyOf(reasons);
    }
  }

  /// A nonce that was given to the site, and when.
  final class Nonce {
    private final byte[] bytes;
    private final Instant given;
    private final Json.Obj origin;

    /// @param bytes 32 bytes, which are copied
    /// @param given from when on it was known
    /// @param origin what it was made of, for the log
    public Nonce(byte[] bytes, Instant given, Json.Obj origin) {
      this.bytes = bytes.clone();
      this.given = given;
      this.origin = origin;
    }

    /// Its bytes in small hexadecimal letters.
    public String hexadecimal() {
      return HexFormat.of().formatHex(bytes);
    }

    /// From when on it was known.
    public Instant given() {
      return given;
    }
  }

  /// The ids of processors that are registered for the site.
  ///
  /// @param amd chip ids
  /// @param intel PPIDs
  /// @param nvidia UEIDs
  record Hardware(Set<String> amd, Set<String> intel, Set<String> nvidia) {
    /// Copies the sets.
    public Hardware {
      amd = Set.copyOf(amd);
      intel = Set.copyOf(intel);
      nvidia = Set.copyOf(nvidia);
    }
  }

  /// Judges an offer; of several nonces the newest that fits counts.
  ///
  /// @param subjectPublicKeyInfo of the key with which the site answered
  /// @param nonces newest first
  static SiteAttestation judge(
      Offer offer,
      byte[] subjectPublicKeyInfo,
      List<Nonce> nonces,
      Hardware hardware,
      Mirror mirror,
      Instant now) {
    List<String> reasons = new ArrayList<>();
    for (Nonce nonce : nonces) {
      if (!now.isBefore(nonce.given.plus(FRESH))) {
        continue;
      }
      switch (judge(offer, subjectPublicKeyInfo, nonce, hardware, mirror, now)) {
        case Attested attested -> {
          return attested;
        }
        case Unattested(List<String> why) -> reasons.addAll(reasons.isEmpty() ? why : List.of());
      }
    }
    return new Unattested(
        reasons.isEmpty() ? List.of("no nonce was given in the last day") : reasons);
  }

  private static SiteAttestation judge(
      Offer offer, byte[] spki, Nonce nonce, Hardware hardware, Mirror mirror, Instant now) {
    byte[] sealing = offer.sealingKey().map(Offer.Bytes::copy).orElseGet(() -> new byte[0]);
    byte[] bound = KeyBinding.reportData(nonce.bytes, spki, sealing);
    Verdict cpu = cpu(offer, bound, mirror, now);
    Verdict gpu =
        offer
            .gpuToken()
            .map(token -> new NvidiaVerifier(mirror).verify(token.copy(), nonce.bytes, now))
            .orElseGet(() -> new Verdict.Rejected("the site offers no token for its GPUs"));
    Set<String> cpus = offer.snpReport().isPresent() ? hardware.amd() : hardware.intel();
    Verdict knownCpu = registered(cpu, cpus);
    Verdict knownGpu = registered(gpu, hardware.nvidia());
    if (knownCpu instanceof Verdict.Genuine onCpu && knownGpu instanceof Verdict.Genuine onGpu) {
      return attested(offer, nonce, mirror, onCpu, onGpu);
    }
    List<String> reasons = new ArrayList<>();
    reason("CPU", knownCpu, reasons);
    reason("GPU", knownGpu, reasons);
    return new Unattested(reasons);
  }

  private static void reason(String what, Verdict verdict, List<String> reasons) {
    switch (verdict) {
      case Verdict.Genuine _ -> {}
      case Verdict.Rejected(String why) -> reasons.add(what + ": " + why);
    }
  }

  /// Several GPUs stand in one verdict, with spaces between.
  private static Verdict registered(Verdict verdict, Set<String> known) {
    return switch (verdict) {
      case Verdict.Genuine genuine
          when !known.containsAll(List.of(genuine.hardware().split(" ", -1))) ->
          new Verdict.Rejected("the register does not name its id for this site");
      case Verdict.Genuine genuine -> genuine;
      case Verdict.Rejected rejected -> rejected;
    };
  }

  private static Attested attested(
      Offer offer, Nonce nonce, Mirror mirror, Verdict.Genuine cpu, Verdict.Genuine gpu) {
    Instant until =
        Certificates.earlier(
            nonce.given.plus(FRESH), Certificates.earlier(cpu.until(), gpu.until()));
    boolean sealing =
        offer.sealingKey().isPresent()
            && cpu.claims().string("measurement").filter(mirror::egressClosed).isPresent();
    Json.Members claims =
        Json.object()
            .put("cpu", cpu.claims())
            .put("gpu", gpu.claims())
            .put("mirror", mirror.hash())
            .put("nonceGiven", nonce.given.toString())
            .put("nonce", nonce.origin)
            .put("until", until.toString());
    offer
        .sealingKey()
        .ifPresent(key -> claims.put("sealingKey", KeyBinding.sealingKeyId(key.copy())));
    return new Attested(
        until,
        sealing
            ? Optional.of(Certificates.earlier(until, nonce.given.plus(SESSION)))
            : Optional.empty(),
        nonce,
        claims.build());
  }

  private static Verdict cpu(Offer offer, byte[] bound, Mirror mirror, Instant now) {
    if (offer.snpReport().isPresent()) {
      return new SnpVerifier(mirror)
          .verify(
              offer.snpReport().get().copy(),
              offer.snpChain().map(Offer.Bytes::copy).orElseGet(() -> new byte[0]),
              bound,
              now);
    }
    return offer
        .tdxQuote()
        .map(quote -> new TdxVerifier(mirror).verify(quote.copy(), bound, now))
        .orElseGet(() -> new Verdict.Rejected("the site offers no quote of its CPU"));
  }
}
