package dejima.residency;

/// What the solver found about a theorem.
public sealed interface Proof {
  /// What was to be proved.
  Theorem theorem();

  /// It holds for every request and every destination.
  ///
  /// @param vacuous whether it would hold under any rules, so that it says nothing about these
  record Proved(Theorem theorem, boolean vacuous) implements Proof {}

  /// It does not hold.
  ///
  /// @param situation breaks it; decided again by the compiled rules
  /// @param decision what the rules decide there
  record Broken(Theorem theorem, Situation situation, Decision decision) implements Proof {}

  /// Nobody knows, which counts as false.
  ///
  /// @param reason why the solver has no answer
  record Unproved(Theorem theorem, String reason) implements Proof {}
}
