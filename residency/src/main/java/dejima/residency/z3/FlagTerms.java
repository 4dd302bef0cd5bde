package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import dejima.residency.z3.Term.Flag;
import dev.cel.common.Operator;
import java.util.List;

/// The operations that yield `bool` from `bool`, as `dejima.residency.cel.Flags` has them.
final class FlagTerms {
  private final Context z3;

  FlagTerms(Context z3) {
    this.z3 = z3;
  }

  Flag constant(boolean value) {
    return new Flag(z3.mkBool(value), z3.mkFalse());
  }

  Flag not(Flag operand) {
    return new Flag(z3.mkNot(operand.value()), operand.error());
  }

  /// False if any operand is false, even where another one is an error.
  Flag and(Flag left, Flag right) {
    BoolExpr value = z3.mkAnd(left.value(), right.value());
    if (sound(left) && sound(right)) {
      return new Flag(value, z3.mkFalse());
    }
    BoolExpr settled =
        z3.mkOr(
            z3.mkAnd(z3.mkNot(left.error()), z3.mkNot(left.value())),
            z3.mkAnd(z3.mkNot(right.error()), z3.mkNot(right.value())));
    return new Flag(value, z3.mkAnd(z3.mkNot(settled), z3.mkOr(left.error(), right.error())));
  }

  /// True if any operand is true, even where another one is an error.
  Flag or(Flag left, Flag right) {
    return not(and(not(left), not(right)));
  }

  /// CEL orders false before true.
  Flag compared(Operator operator, Flag left, Flag right) {
    BoolExpr a = left.value();
    BoolExpr b = right.value();
    BoolExpr value =
        switch (operator) {
          case EQUALS -> z3.mkEq(a, b);
          case NOT_EQUALS -> z3.mkXor(a, b);
          case LESS -> z3.mkAnd(z3.mkNot(a), b);
          case LESS_EQUALS -> z3.mkImplies(a, b);
          case GREATER -> z3.mkAnd(a, z3.mkNot(b));
          case GREATER_EQUALS -> z3.mkImplies(b, a);
          default -> throw Translation.outside(operator.name());
        };
    return new Flag(value, either(left.error(), right.error()));
  }

  /// Whether the needle equals one of the elements; an error in any is an error of the whole.
  Flag any(List<Flag> comparisons) {
    BoolExpr value = z3.mkFalse();
    BoolExpr error = z3.mkFalse();
    for (Flag comparison : comparisons) {
      value = either(value, comparison.value());
      error = either(error, comparison.error());
    }
    return new Flag(value, error);
  }

  /// The error of an operation that needs both operands.
  BoolExpr either(BoolExpr left, BoolExpr right) {
    if (left.isFalse()) {
      return right;
    }
    return right.isFalse() ? left : z3.mkOr(left, right);
  }

  /// The error of a choice: of its condition, else of the branch that is taken.
  BoolExpr ofChoice(Flag condition, BoolExpr then, BoolExpr otherwise) {
    BoolExpr branch =
        then.isFalse() && otherwise.isFalse()
            ? z3.mkFalse()
            : (BoolExpr) z3.mkITE(condition.value(), then, otherwise);
    return either(condition.error(), branch);
  }

  private static boolean sound(Flag flag) {
    return flag.error().isFalse();
  }
}
