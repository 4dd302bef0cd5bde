package dejima.server.policy;

import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import dejima.residency.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What became of a theorem, and how long the solver took.
public record TimedProof(Proof proof, Duration took) {

  /// Every theorem of a bundle, in the order of their files. The first one's time holds the
  /// translation of the rules, and the loading of the solver where nobody has used it before.
  public static List<TimedProof> all(PolicyProver prover, PolicyBundle bundle) {
    List<TimedProof> proofs = new ArrayList<>();
    long[] since = {System.nanoTime()};
    prover.proveEach(
        bundle,
        proof -> {
          long now = System.nanoTime();
          proofs.add(new TimedProof(proof, Duration.ofNanos(now - since[0])));
          since[0] = now;
        });
    return List.copyOf(proofs);
  }
}
