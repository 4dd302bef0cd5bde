package dejima.residency.cel;

import dejima.residency.cel.Node.Flag;
import dejima.residency.cel.Node.Whole;
import dejima.residency.cel.Node.WholeField;
import dev.cel.common.Operator;
import java.util.List;

/// The operations on `int`. Overflow and division by zero are errors, never a wrapped number.
final class Wholes {
  private Wholes() {}

  private record Constant(long value) implements Whole {
    @Override
    public long of(Facts facts) {
      return value;
    }
  }

  static Whole constant(long value) {
    return new Constant(value);
  }

  static Whole conditional(Flag condition, Whole then, Whole otherwise) {
    return facts -> condition.of(facts) ? then.of(facts) : otherwise.of(facts);
  }

  static Whole negated(Whole operand) {
    return facts -> exactly(operand.of(facts), 0, (value, _) -> Math.negateExact(value));
  }

  static Node combined(Operator operator, Whole left, Whole right) {
    return switch (operator) {
      case ADD -> arithmetic(left, right, Math::addExact);
      case SUBTRACT -> arithmetic(left, right, Math::subtractExact);
      case MULTIPLY -> arithmetic(left, right, Math::multiplyExact);
      case DIVIDE -> arithmetic(left, right, Math::divideExact);
      case MODULO -> arithmetic(left, right, Wholes::remainder);
      default ->
          left instanceof WholeField(int slot) && right instanceof Constant(long value)
              ? fieldComparedWith(operator, slot, value)
              : compared(operator, left, right);
    };
  }

  /// Every element is evaluated, so that an error in any is an error of the whole.
  static Flag in(Whole needle, List<Whole> elements) {
    return facts -> {
      long wanted = needle.of(facts);
      boolean found = false;
      for (Whole element : elements) {
        found |= element.of(facts) == wanted;
      }
      return found;
    };
  }

  /// The commonest comparison in rules, without a call for the field.
  private static Flag fieldComparedWith(Operator operator, int slot, long value) {
    return switch (operator) {
      case EQUALS -> facts -> facts.whole(slot) == value;
      case NOT_EQUALS -> facts -> facts.whole(slot) != value;
      case LESS -> facts -> facts.whole(slot) < value;
      case LESS_EQUALS -> facts -> facts.whole(slot) <= value;
      case GREATER -> facts -> facts.whole(slot) > value;
      case GREATER_EQUALS -> facts -> facts.whole(slot) >= value;
      default -> throw Translation.outside(operator.name());
    };
  }

  private static Flag compared(Operator operator, Whole left, Whole right) {
    return switch (operator) {
      case EQUALS -> facts -> left.of(facts) == right.of(facts);
      case NOT_EQUALS -> facts -> left.of(facts) != right.of(facts);
      case LESS -> facts -> left.of(facts) < right.of(facts);
      case LESS_EQUALS -> facts -> left.of(facts) <= right.of(facts);
      case GREATER -> facts -> left.of(facts) > right.of(facts);
      case GREATER_EQUALS -> facts -> left.of(facts) >= right.of(facts);
      default -> throw Translation.outside(operator.name());
    };
  }

  @FunctionalInterface
  private interface Arithmetic {
    long of(long left, long right);
  }

  private static Whole arithmetic(Whole left, Whole right, Arithmetic operation) {
    return facts -> exactly(left.of(facts), right.of(facts), operation);
  }

  private static long exactly(long left, long right, Arithmetic operation) {
    try {
      return operation.of(left, right);
    } catch (ArithmeticException e) {
      throw new EvaluationError("no 64-bit result");
    }
  }

  private static long remainder(long left, long right) {
    return left % right;
  }
}
