package dejima.server.console;

import dejima.server.policy.PolicyGate;
import dejima.server.policy.TimedProof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the policy in force came into force, and what was refused since.
///
/// @param proofs of its theorems, in the order of their files
/// @param signers the names under its signatures
/// @param asked whether signatures of two people were asked for
/// @param since when it came into force; none before any did
/// @param rejected why the bundle that was offered last did not, if it did not
public record PolicyStanding(
    List<TimedProof> proofs,
    List<String> signers,
    boolean asked,
    Optional<Instant> since,
    Optional<PolicyGate.Judgement> rejected) {
  /// Nothing is in force yet.
  public static final PolicyStanding NONE =
      new PolicyStanding(List.of(), List.of(), false, Optional.empty(), Optional.empty());

  /// Copies the lists.
  public PolicyStanding {
    proofs = List.copyOf(proofs);
    signers = List.copyOf(signers);
  }
}
