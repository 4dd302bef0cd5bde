package dejima.residency.z3;

import dejima.residency.cel.Expression;
import java.util.List;

/// Whether there are a request and a destination such that …
public sealed interface Question {
  /// … these rules make the theorem false, or its condition an error.
  record Breaks(RuleSet rules, Expression theorem) implements Question {}

  /// … the theorem is false or an error where `where` is true and the destination is refused
  /// whatever the rules say.
  record BreaksRefused(Expression where, Expression theorem) implements Question {}

  /// … the theorem is false or an error under some rules or other.
  record BreaksUnderSomeRules(Expression theorem) implements Question {}

  /// … one set of rules permits what the other refuses.
  record Between(RuleSet refusing, RuleSet permitting) implements Question {}

  /// … these rules permit.
  record Permits(RuleSet rules) implements Question {}

  /// Rules, which permit together where no forbidding one is true, some permitting one is, and none
  /// is an error.
  record RuleSet(List<Expression> forbidding, List<Expression> permitting) {
    /// Copies the lists.
    public RuleSet {
      forbidding = List.copyOf(forbidding);
      permitting = List.copyOf(permitting);
    }
  }
}
