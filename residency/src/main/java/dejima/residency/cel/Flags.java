package dejima.residency.cel;

import dejima.residency.cel.Node.Flag;
import dev.cel.common.Operator;
import java.util.List;
import java.util.Optional;

/// The operations that yield `bool` from `bool`.
final class Flags {
  private Flags() {}

  static Flag constant(boolean value) {
    return _ -> value;
  }

  static Flag not(Flag operand) {
    return facts -> !operand.of(facts);
  }

  /// False if any operand is false, even where another one is an error.
  static Flag and(List<Flag> operands) {
    Flag[] all = operands.toArray(Flag[]::new);
    return facts -> undisturbed(all, facts, true);
  }

  /// True if any operand is true, even where another one is an error.
  static Flag or(List<Flag> operands) {
    Flag[] all = operands.toArray(Flag[]::new);
    return facts -> undisturbed(all, facts, false);
  }

  /// The opposite of the neutral value if any operand has it, else an operand's error if there is
  /// one, else the neutral value.
  private static boolean undisturbed(Flag[] operands, Facts facts, boolean neutral) {
    Optional<EvaluationError> error = Optional.empty();
    for (Flag operand : operands) {
      try {
        if (operand.of(facts) != neutral) {
          return !neutral;
        }
      } catch (EvaluationError e) {
        error = Optional.of(e);
      }
    }
    if (error.isPresent()) {
      throw error.get();
    }
    return neutral;
  }

  static Flag conditional(Flag condition, Flag then, Flag otherwise) {
    return facts -> condition.of(facts) ? then.of(facts) : otherwise.of(facts);
  }

  /// CEL orders false before true.
  static Flag compared(Operator operator, Flag left, Flag right) {
    return switch (operator) {
      case EQUALS -> facts -> left.of(facts) == right.of(facts);
      case NOT_EQUALS -> facts -> left.of(facts) != right.of(facts);
      case LESS -> facts -> Boolean.compare(left.of(facts), right.of(facts)) < 0;
      case LESS_EQUALS -> facts -> Boolean.compare(left.of(facts), right.of(facts)) <= 0;
      case GREATER -> facts -> Boolean.compare(left.of(facts), right.of(facts)) > 0;
      case GREATER_EQUALS -> facts -> Boolean.compare(left.of(facts), right.of(facts)) >= 0;
      default -> throw Translation.outside(operator.name());
    };
  }

  /// Every element is evaluated, so that an error in any is an error of the whole.
  static Flag in(Flag needle, List<Flag> elements) {
    return facts -> {
      boolean wanted = needle.of(facts);
      boolean found = false;
      for (Flag element : elements) {
        found |= element.of(facts) == wanted;
      }
      return found;
    };
  }
}
