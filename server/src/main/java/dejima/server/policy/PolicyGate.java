package dejima.server.policy;

import dejima.audit.PolicySignatures;
import dejima.evidence.Approvers;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import dejima.residency.Problem;
import dejima.residency.Proof;
import dejima.server.config.ServerConfig.PolicySource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a bundle has to pass before it comes into force, besides being readable: two people have
/// signed it, every theorem is proved, and no path of the configuration leads where it forbids.
public final class PolicyGate {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyGate.class);

  private final PolicyProver prover = new PolicyProver();
  private final Approvers approvers;
  private final List<ConfigurationPath> paths;

  /// @param approvers whose signatures a bundle needs; nobody's if there are none
  /// @param paths of the configuration that the bundle is to govern
  public PolicyGate(Approvers approvers, List<ConfigurationPath> paths) {
    this.approvers = approvers;
    this.paths = List.copyOf(paths);
  }

  /// What came of it.
  ///
  /// @param proofs of the theorems, in the order of their files
  /// @param problems that keep the bundle out of force; empty if there are none
  public record Judgement(List<TimedProof> proofs, List<Problem> problems) {
    /// Copies the lists.
    public Judgement {
      proofs = List.copyOf(proofs);
      problems = List.copyOf(problems);
    }

    /// The bundle, or why it does not come into force.
    public BundleReading of(PolicyBundle bundle) {
      return problems.isEmpty()
          ? new BundleReading.Loaded(bundle)
          : new BundleReading.Rejected(problems);
    }
  }

  /// Judges a bundle.
  ///
  /// @param source where it comes from; what ships with the product needs no signatures
  public Judgement judge(PolicyBundle bundle, PolicySource source) {
    List<Problem> problems = new ArrayList<>();
    switch (source) {
      case PolicySource.Directory _ ->
          PolicySignatures.problem(bundle, approvers).ifPresent(problems::add);
      case PolicySource.Baseline _, PolicySource.Demo _ -> {}
    }
    List<TimedProof> proofs = TimedProof.all(prover, bundle);
    proofs.forEach(PolicyGate::warnIfVacuous);
    proofs.stream().flatMap(timed -> timed.proof().problem().stream()).forEach(problems::add);
    problems.addAll(new ConfigurationCheck(bundle, paths).problems());
    return new Judgement(proofs, problems);
  }

  private static void warnIfVacuous(TimedProof timed) {
    if (timed.proof() instanceof Proof.Proved(var theorem, boolean vacuous) && vacuous) {
      LOG.warn(
          "theorem {} would hold under any rules, so it says nothing of this policy", theorem.id());
    }
  }
}
