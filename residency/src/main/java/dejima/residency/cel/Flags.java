package dejima.residency.cel;

import dejima.residency.cel.Node.Flag;
import dev.cel.common.Operator;
import java.util.List;

/// The operations that yield `bool` from `bool`.
final class Flags {
  private Flags() {}

  static Flag constant(boolean value) {
    return _ -> value;
  }

  static Flag not(Flag operand) {
    return facts -> !operand.of(facts);
  }

  /// False if either side is false, even where the other one is an error.
  static Flag and(Flag left, Flag right) {
    return facts -> {
      try {
        if (!left.of(facts)) {
          return false;
        }
      } catch (EvaluationError error) {
        if (right.of(facts)) {
          throw error;
        }
        return false;
      }
      return right.of(facts);
    };
  }

  /// True if either side is true, even where the other one is an error.
  static Flag or(Flag left, Flag right) {
    return facts -> {
      try {
        if (left.of(facts)) {
          return true;
        }
      } catch (EvaluationError error) {
        if (!right.of(facts)) {
          throw error;
        }
        return true;
      }
      return right.of(facts);
    };
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
