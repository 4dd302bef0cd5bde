package dejima.audit;

import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import dejima.residency.PolicyBundle;
import java.util.Optional;

/// Examines who approved the policy that decided.
final class PolicyApproval {
  /// @param holds whether it is proved
  /// @param finding what to say of it
  record Found(boolean holds, Finding finding) {}

  private PolicyApproval() {}

  /// Whether two trusted people signed the bundle in the receipt. One that ships with the product
  /// needs nobody's signature; a signature of a trusted person that is not over this bundle refuses
  /// the receipt.
  static Reading<Found> examine(
      Receipt receipt, PolicyBundle bundle, Optional<TrustedApprovers> approvers) {
    if (approvers.isEmpty()) {
      return open("no trusted approvers were given (--approvers)", "信頼する承認者が渡されていない。--approvers");
    }
    if (PolicyBundle.ships(bundle.hash())) {
      return found(
          true,
          "The policy is %s %s as it ships with Dejima.".formatted(bundle.id(), bundle.version()),
          "ポリシーは出島に同梱の %s %s である。".formatted(bundle.id(), bundle.version()));
    }
    if (receipt.documents().carried().isEmpty() || bundle.signatures().isEmpty()) {
      return open("the receipt carries no signatures under it", "領収書に署名がない");
    }
    if (approvers.get().policy().keys().isEmpty()) {
      return open("none of the approvers given approves policies", "渡された承認者にポリシーの承認者がいない");
    }
    return PolicySignatures.problem(bundle, approvers.get().policy())
        .<Reading<Found>>map(problem -> new Reading.Unreadable<>(problem.message()))
        .orElseGet(() ->
            found(
                true,
                "Two of the people whom you trust signed the policy.",
                "信頼する承認者のうち二名がポリシーに署名した。"));
  }

  private static Reading<Found> open(String en, String ja) {
    return found(
        false, "That two people approved the policy: " + en + ".", "ポリシーを二名が承認したこと（" + ja + "）。");
  }

  private static Reading<Found> found(boolean holds, String en, String ja) {
    return new Reading.Read<>(
        new Found(holds, new Finding(Step.POLICY, "policy-approved", en, ja)));
  }
}
