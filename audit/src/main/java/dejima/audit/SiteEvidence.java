package dejima.audit;

import dejima.evidence.GroundsCheck;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Receipt;
import dejima.evidence.Verification.Step;
import dejima.register.Register;
import dejima.residency.EvidenceLevel;
import java.util.List;
import java.util.Optional;

/// Examines what bears the evidence level of a site: that each level's kind of entry is there, and
/// that the register, the site's own statement, the measurements and the quotes bear it, each
/// judged again from what the receipt carries and by those whom the reader trusts.
///
/// @param trust whom
public record SiteEvidence(EvidenceTrust trust) implements GroundsCheck {
  @Override
  public Judgement judge(Json.Obj intent, List<Json.Obj> grounds, Receipt.Documents documents) {
    try {
      Examined attempt = new Examined(intent, grounds, documents);
      examine(attempt);
      return new Judgement.Holds(attempt.proved(), attempt.open());
    } catch (NotBorne failed) {
      return new Judgement.Fails(failed.step(), String.valueOf(failed.getMessage()));
    }
  }

  private void examine(Examined attempt) {
    EvidenceLevel level = attempt.level();
    missing(attempt)
        .ifPresent(kind -> {
          throw new NotBorne(
              Step.GROUNDS,
              "level " + level + " is recorded without an entry of kind " + kind.text());
        });
    attempt.open(
        Step.GROUNDS,
        "evidence-level",
        "Evidence %s of %s %s.".formatted(level.sign(), attempt.site(), level.notProved().en()),
        "%s の証拠 %s は、%s。".formatted(attempt.site(), level.sign(), level.notProved().ja()));
    if (attempt.isAtLeast(EvidenceLevel.E1)) {
      Optional<Register> register = RegisterProof.examine(attempt, trust.approvers());
      StatementProof.examine(attempt);
      if (attempt.isAtLeast(EvidenceLevel.E2)) {
        LocationProofs.examine(attempt, trust.landmarks(), register);
      }
      if (attempt.isAtLeast(EvidenceLevel.E3)) {
        AttestationProof.examine(attempt, trust, register);
      }
      leftOut(attempt);
    } else if (!attempt.grounds(Kind.SITE_STATEMENT).isEmpty()) {
      StatementProof.examine(attempt);
    }
  }

  private static Optional<Kind> missing(Examined attempt) {
    List<Kind> needed =
        switch (attempt.level()) {
          case CONTRADICTED, E0 -> List.of();
          case E1 -> List.of(Kind.REGISTER);
          case E2 -> List.of(Kind.REGISTER, Kind.LOCATION);
          case E3, E4 -> List.of(Kind.REGISTER, Kind.LOCATION, Kind.ATTESTATION);
        };
    return needed.stream().filter(kind -> attempt.grounds(kind).isEmpty()).findFirst();
  }

  private static void leftOut(Examined attempt) {
    attempt.open(
        Step.GROUNDS,
        "nothing-left-out",
        "That nothing which contradicts the level was left out: an intent names what bears it. Whoever may read the gateway's own sequence of entries sees every measurement.",
        "水準と矛盾するものが除かれていないこと（送信の意図は水準を支えるものだけを挙げる。ゲートウェイ自身の連番の記録を読める者には全計測が見える）。");
    attempt.open(
        Step.GROUNDS,
        "recorded-time",
        "That the gateway's clock was right: compare %s with when you asked."
            .formatted(attempt.time()),
        "ゲートウェイの時計が正しいこと（%s を要求した時刻と比べること）。".formatted(attempt.time()));
  }
}
