package dejima.server.policy;

import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import dejima.residency.Proof;
import dejima.residency.Theorem;
import java.time.Duration;
import java.util.List;

/// What became of a theorem, and how long the solver took.
public record TimedProof(Proof proof, Duration took) {

  /// Every theorem of a bundle, in the order of their files.
  public static List<TimedProof> all(PolicyProver prover, PolicyBundle bundle) {
    return bundle.theorems().stream().map(theorem -> timed(prover, bundle, theorem)).toList();
  }

  private static TimedProof timed(PolicyProver prover, PolicyBundle bundle, Theorem theorem) {
    long start = System.nanoTime();
    Proof proof = prover.prove(bundle, theorem);
    return new TimedProof(proof, Duration.ofNanos(System.nanoTime() - start));
  }
}
