package dejima.audit;

import dejima.evidence.Approvers.Verdict;
import dejima.evidence.CarriedFolder;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.Verification.Step;
import dejima.register.Attribution;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterReading;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.ModelFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Examines the register that an intent names: that two trusted people signed it, that it
/// attributes the site at the intent's time (evidence level E1), and that policy decided by its
/// facts and no others.
final class RegisterProof {
  /// A gateway judges by its register each minute, so that a fact which ends at midnight may count
  /// a little longer.
  private static final Duration LAG = Duration.ofMinutes(2);

  private RegisterProof() {}

  /// @param approvers whom the reader trusts to approve, if it names any
  /// @return the register, if the receipt carries it
  static Optional<Register> examine(Examined attempt, Optional<TrustedApprovers> approvers) {
    String hash = attempt.grounds(Kind.REGISTER).getLast().string("hash").orElse("");
    CarriedFolder carried = attempt.carried().folders().get(hash);
    if (carried == null) {
      attempt.open(
          Step.REGISTER,
          "register",
          "What the register says: this receipt does not carry it.",
          "登録簿の内容（この領収書に含まれていない）。");
      return Optional.empty();
    }
    Register register = read(carried);
    approved(register, approvers, attempt);
    attributed(register, attempt);
    return Optional.of(register);
  }

  private static Register read(CarriedFolder carried) {
    return switch (Register.of(carried.texts())) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(var mistakes) ->
          throw new NotBorne(
              Step.REGISTER, "the register cannot be read: " + mistakes.getFirst().text());
    };
  }

  private static void approved(
      Register register, Optional<TrustedApprovers> approvers, Examined attempt) {
    if (approvers.isEmpty()) {
      attempt.open(
          Step.REGISTER,
          "register-approved",
          "That two people approved the register: no trusted approvers were given (--approvers).",
          "登録簿を二名が承認したこと（信頼する承認者が渡されていない。--approvers）。");
      return;
    }
    switch (RegisterApproval.judge(register, approvers.get().register())) {
      case Verdict.Lacking(String reason) ->
          throw new NotBorne(Step.REGISTER, "the register is not in force: " + reason);
      case Verdict.Approved(List<String> people) ->
          attempt.proved(
              Step.REGISTER,
              "register-approved",
              "%s signed version %d of the register %s, exactly as it is here."
                  .formatted(
                      String.join(", ", people), register.head().version(), register.head().name()),
              "%s が登録簿 %s の第 %d 版にこのまま署名した。"
                  .formatted(
                      String.join("、", people), register.head().name(), register.head().version()));
    }
    attempt.open(
        Step.REGISTER,
        "register-newest",
        "That the approvers had signed no newer version of the register by then.",
        "その時点で承認者がより新しい版の登録簿に署名していなかったこと。");
  }

  private static void attributed(Register register, Examined attempt) {
    SiteFacts decidedBy = attempt.facts();
    Optional<String> different = difference(register, attempt, decidedBy, attempt.time());
    if (different.isPresent()
        && difference(register, attempt, decidedBy, attempt.time().minus(LAG)).isPresent()) {
      throw new NotBorne(Step.REGISTER, different.get());
    }
    attempt.proved(
        Step.REGISTER,
        "register",
        "By the register, %s is attributed to %s on that day: %s, control %s; policy decided by its facts."
            .formatted(
                attempt.site(),
                decidedBy.operator(),
                decidedBy.country().code(),
                decidedBy.control().word()),
        "登録簿により %s は当日 %s の拠点と照合され（%s、支配 %s）、判定はその事実による。"
            .formatted(
                attempt.site(),
                decidedBy.operator(),
                decidedBy.country().code(),
                decidedBy.control().word()));
    if (!decidedBy.sku().isEmpty() && register.site(attempt.site()).orElseThrow().sku().isEmpty()) {
      attempt.open(
          Step.REGISTER,
          "sku",
          "The deployment's kind %s: the register says nothing of it.".formatted(decidedBy.sku()),
          "デプロイの種類 %s（登録簿に記載がない）。".formatted(decidedBy.sku()));
    }
  }

  /// What the record says otherwise than the register at a moment; empty if nothing.
  private static Optional<String> difference(
      Register register, Examined attempt, SiteFacts decidedBy, Instant at) {
    Attribution said = Attribution.of(register, decidedBy, Optional.empty(), attempt.pin(), at);
    if (!said.contradictions().isEmpty()) {
      return Optional.of(
          "the facts that were decided by are not the register's: "
              + said.contradictions().getFirst().en());
    }
    if (!said.facts().equals(decidedBy)) {
      return Optional.of(
          "the facts that were decided by are not the register's: " + firstOther(said, decidedBy));
    }
    if (said.until().isEmpty()) {
      return Optional.of(
          "the register does not attribute the site: " + said.lacking().getFirst().en());
    }
    return model(register, attempt.intent(), decidedBy.modelVerified(), at)
        ? Optional.empty()
        : Optional.of("the facts about the model are not the register's");
  }

  /// Whether policy was told of the model what the register says, and what the site reports.
  private static boolean model(Register register, Json.Obj intent, boolean verified, Instant at) {
    ModelFacts known = register.model(intent.string("model").orElse(""), at);
    String reported = intent.object("site").flatMap(site -> site.string("modelDigest")).orElse("");
    return model(intent).equals(shown(known)) && (!verified || known.digests().contains(reported));
  }

  private static String firstOther(Attribution said, SiteFacts decidedBy) {
    SiteFacts registered = said.facts();
    if (!registered.assurances().certifications().equals(decidedBy.assurances().certifications())) {
      return "certifications";
    }
    if (!registered.declaredCountry().equals(decidedBy.declaredCountry())) {
      return "country";
    }
    if (registered.control() != decidedBy.control()) {
      return "control";
    }
    return "law or maintenance";
  }

  private static ModelFacts model(Json.Obj intent) {
    try {
      return PolicyReplay.request(intent).modelFacts();
    } catch (IllegalArgumentException malformed) {
      throw new NotBorne(Step.REGISTER, String.valueOf(malformed.getMessage()));
    }
  }

  /// What a record shows of a model: not its digests.
  private static ModelFacts shown(ModelFacts known) {
    return new ModelFacts(
        known.registered(),
        known.owner(),
        known.licence(),
        known.origin(),
        known.thirdPartyCalls(),
        Set.of());
  }
}
