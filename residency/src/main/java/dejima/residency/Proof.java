package dejima.residency;

import java.util.Optional;

/// What the solver found about a theorem.
public sealed interface Proof {
  /// What was to be proved.
  Theorem theorem();

  /// Why the bundle must not come into force; empty if the theorem is proved.
  default Optional<Problem> problem() {
    return switch (this) {
      case Proved _ -> Optional.empty();
      case Broken(Theorem theorem, Situation found, Decision decision) ->
          Optional.of(
              new Problem(
                  theorem.file(),
                  1,
                  1,
                  "the theorem is false: where "
                      + found.text()
                      + ", the rules "
                      + decision.effect().word()
                      + " by "
                      + String.join(", ", decision.ruleIds())));
      case Unproved(Theorem theorem, String reason) ->
          Optional.of(new Problem(theorem.file(), 1, 1, "the theorem is not proved: " + reason));
    };
  }

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
