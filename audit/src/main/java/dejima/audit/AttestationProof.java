package dejima.audit;

import dejima.attestation.HeadNonce;
import dejima.attestation.Mirror;
import dejima.attestation.Offer;
import dejima.attestation.SiteAttestation;
import dejima.attestation.SiteAttestation.Attested;
import dejima.attestation.SiteAttestation.Hardware;
import dejima.attestation.SiteAttestation.Unattested;
import dejima.evidence.Approvers;
import dejima.evidence.CarriedFolder;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Verification.Step;
import dejima.evidence.VerificationKeys;
import dejima.location.SiteKey;
import dejima.register.Register;
import dejima.register.RegisteredSite;
import dejima.residency.EvidenceLevel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Examines the quotes behind evidence levels E3 and E4: judges them again at the intent's time, by
/// the mirror that the gateway judged by and the register's hardware.
///
/// Tried with constructed quotes only; no hardware has been at hand.
final class AttestationProof {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
  private static final List<String> SAME = List.of("cpu", "gpu", "mirror", "sealingKey");

  private final Examined attempt;
  private final VerificationKeys keys;
  private final Register register;
  private final Json.Obj entry;
  private final Json.Obj claims;

  private AttestationProof(Examined attempt, VerificationKeys keys, Register register) {
    this.attempt = attempt;
    this.keys = keys;
    this.register = register;
    this.entry = attempt.grounds(Kind.ATTESTATION).getLast();
    this.claims = entry.object("claims").orElseGet(() -> Json.object().build());
  }

  /// @param register as it was examined before, if the receipt carries it
  static void examine(Examined attempt, EvidenceTrust trust, Optional<Register> register) {
    if (register.isEmpty() || trust.approvers().isEmpty()) {
      open(
          attempt,
          "without trusted approvers and their register nobody can judge (--approvers)",
          "信頼する承認者とその登録簿がなければ判断できない。--approvers");
      return;
    }
    new AttestationProof(attempt, trust.keys(), register.get())
        .examine(trust.approvers().get().register());
  }

  private static void open(Examined attempt, String en, String ja) {
    attempt.open(
        Step.ATTESTATION,
        "attestation",
        "That the site's key lives in a trusted execution environment: " + en + ".",
        "拠点の鍵が TEE の中にあること（" + ja + "）。");
  }

  private void examine(Approvers approvers) {
    String offer = attempt.carried().texts().get(entry.string("evidence").orElse(""));
    String mirror = claims.string("mirror").orElse("");
    CarriedFolder folder = attempt.carried().folders().get(mirror);
    if (offer == null || folder == null || head().isEmpty()) {
      open(attempt, "this receipt does not carry the quotes", "この領収書に証明が含まれていない");
      return;
    }
    SiteAttestation found =
        SiteAttestation.judge(
            read(Offer.read(offer.getBytes(StandardCharsets.UTF_8))),
            key().key().getEncoded(),
            List.of(nonce(head().get()).of(attempt.site())),
            hardware(),
            mirror(folder, approvers),
            attempt.time());
    switch (found) {
      case Unattested(List<String> reasons) ->
          throw failed("the quotes do not attest the site: " + String.join("; ", reasons));
      case Attested attested -> attested(attested);
    }
  }

  private static NotBorne failed(String reason) {
    return new NotBorne(Step.ATTESTATION, reason);
  }

  private static <T> T read(Reading<T> reading) {
    return switch (reading) {
      case Reading.Read<T>(T value) -> value;
      case Reading.Unreadable<T>(String reason) -> throw failed(reason);
    };
  }

  private Optional<String> head() {
    return nonceOrigin()
        .string("head")
        .flatMap(hash -> Optional.ofNullable(attempt.carried().texts().get(hash)));
  }

  private Json.Obj nonceOrigin() {
    return claims.object("nonce").orElseGet(() -> Json.object().build());
  }

  private SiteKey key() {
    SiteKey key = read(SiteKey.parse(entry.string("key").orElse("")));
    if (!key.pin().equals(attempt.pin())
        || !entry.string("site").equals(Optional.of(attempt.site()))) {
      throw failed("the quotes were judged for another site or key");
    }
    return key;
  }

  /// Who trusts the witnesses learns since when the nonce can have been known.
  private HeadNonce nonce(String head) {
    SignedNote note = read(SignedNote.parse(head));
    read(keys.signedByLog(note));
    Instant given =
        switch (keys.witnessedSince(note)) {
          case Reading.Read<Instant>(Instant since) -> witnessed(since);
          case Reading.Unreadable<Instant>(String reason) -> claimed(reason);
        };
    try {
      return new HeadNonce(note, nonceOrigin().string("salt").orElse(""), given);
    } catch (IllegalArgumentException malformed) {
      throw failed("the nonce's salt is malformed");
    }
  }

  private Instant witnessed(Instant since) {
    if (since.isAfter(attempt.time().plus(CLOCKS_DIFFER))) {
      throw failed("the nonce was made of a tree head that is newer than the intent");
    }
    attempt.proved(
        Step.ATTESTATION,
        "nonce-fresh",
        "The quotes were made after %s, when witnesses saw the tree head that their nonce is made of."
            .formatted(since),
        "証明は %s（ノンスの元のツリーヘッドを証人が確認した時）より後に作られた。".formatted(since));
    return since;
  }

  private Instant claimed(String reason) {
    attempt.open(
        Step.ATTESTATION,
        "nonce-fresh",
        "That the quotes are fresh: the nonce's tree head is not known to your witnesses (%s)."
            .formatted(reason),
        "証明が新しいこと（ノンスの元のツリーヘッドを、信頼する証人が確認していない）。");
    try {
      return Instant.parse(claims.string("nonceGiven").orElse(""));
    } catch (DateTimeParseException malformed) {
      throw failed("the record does not say when the nonce was given");
    }
  }

  private Hardware hardware() {
    return register
        .site(attempt.site())
        .flatMap(RegisteredSite::hardware)
        .flatMap(fact -> fact.at(attempt.time()))
        .map(ids -> new Hardware(ids.amd(), ids.intel(), ids.nvidia()))
        .orElseGet(() -> new Hardware(Set.of(), Set.of(), Set.of()));
  }

  private static Mirror mirror(CarriedFolder folder, Approvers approvers) {
    Mirror mirror = read(Mirror.of(folder.bytes()));
    return switch (mirror.judge(approvers)) {
      case Approvers.Verdict.Approved _ -> mirror;
      case Approvers.Verdict.Lacking(String reason) ->
          throw failed("the mirror of reference values is not in force: " + reason);
    };
  }

  private void attested(Attested attested) {
    for (String name : SAME) {
      if (!attested.claims().get(name).equals(claims.get(name))) {
        throw failed("the quotes say something else about '" + name + "' than the record");
      }
    }
    attempt.proved(
        Step.ATTESTATION,
        "attestation",
        "Quotes of registered processors bind the key of %s; judged again at the intent's time, by reference values that two people signed."
            .formatted(attempt.site()),
        "登録された処理装置の証明が %s の鍵に結びついている（二名が署名した参照値により、送信の意図の時点で再検証）。".formatted(attempt.site()));
    attempt.open(
        Step.ATTESTATION,
        "tried-on-hardware",
        "That this verification of quotes was ever tried on real hardware: it was on constructed ones only.",
        "この証明検証が実機で試されたこと（作成した証明でのみ試験した）。");
    if (attempt.level() == EvidenceLevel.E4) {
      sealed(attested);
    }
    attempt
        .intent()
        .string("sealed")
        .filter(key -> !attested.claims().string("sealingKey").equals(Optional.of(key)))
        .ifPresent(_ -> {
          throw failed("the prompt was sealed to another key than the quotes bind");
        });
  }

  private void sealed(Attested attested) {
    boolean counts =
        attested.sealedUntil().filter(until -> attempt.time().isBefore(until)).isPresent();
    boolean atHome =
        register
            .site(attempt.site())
            .filter(site -> register.keepsKeysAtHome(site, attempt.time()))
            .isPresent();
    if (!counts || !atHome) {
      throw failed(
          counts
              ? "by the register, the keys of the site are not kept in Japan by a domestic holder"
              : "no sealing key in a closed image was attested for the session");
    }
    attempt.proved(
        Step.ATTESTATION,
        "sealing-key",
        "The attested image sends nothing out, and prompts can be sealed to its key.",
        "証明されたイメージは外へ送信せず、その鍵にプロンプトを封印できる。");
  }
}
