package dejima.residency.z3;

import com.microsoft.z3.ArithExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.IntSort;
import dejima.residency.z3.Term.Flag;
import dejima.residency.z3.Term.Whole;
import dev.cel.common.Operator;

/// The operations on `int`, as `dejima.residency.cel.Wholes` has them.
final class WholeTerms {
  private final Context z3;
  private final FlagTerms flags;

  WholeTerms(Context z3, FlagTerms flags) {
    this.z3 = z3;
    this.flags = flags;
  }

  Whole constant(long value) {
    return new Whole(z3.mkInt(value), z3.mkFalse());
  }

  Whole negated(Whole operand) {
    return within64Bits((IntExpr) z3.mkUnaryMinus(operand.value()), operand.error());
  }

  Whole conditional(Flag condition, Whole then, Whole otherwise) {
    return new Whole(
        (IntExpr) z3.mkITE(condition.value(), then.value(), otherwise.value()),
        flags.ofChoice(condition, then.error(), otherwise.error()));
  }

  Term combined(Operator operator, Whole left, Whole right) {
    return switch (operator) {
      case ADD -> sum(z3.mkAdd(left.value(), right.value()), left, right);
      case SUBTRACT -> sum(z3.mkSub(left.value(), right.value()), left, right);
      case MULTIPLY -> sum(z3.mkMul(left.value(), right.value()), left, right);
      case DIVIDE -> divided(left, right, quotient(left.value(), right.value()));
      case MODULO -> divided(left, right, remainder(left.value(), right.value()));
      default -> compared(operator, left, right);
    };
  }

  Flag compared(Operator operator, Whole left, Whole right) {
    IntExpr a = left.value();
    IntExpr b = right.value();
    BoolExpr value =
        switch (operator) {
          case EQUALS -> z3.mkEq(a, b);
          case NOT_EQUALS -> z3.mkNot(z3.mkEq(a, b));
          case LESS -> z3.mkLt(a, b);
          case LESS_EQUALS -> z3.mkLe(a, b);
          case GREATER -> z3.mkGt(a, b);
          case GREATER_EQUALS -> z3.mkGe(a, b);
          default -> throw Translation.outside(operator.name());
        };
    return new Flag(value, flags.either(left.error(), right.error()));
  }

  private Whole sum(ArithExpr<IntSort> value, Whole left, Whole right) {
    return within64Bits((IntExpr) value, flags.either(left.error(), right.error()));
  }

  private Whole divided(Whole left, Whole right, IntExpr value) {
    BoolExpr byZero = z3.mkEq(right.value(), z3.mkInt(0));
    return within64Bits(value, flags.either(byZero, flags.either(left.error(), right.error())));
  }

  /// Java rounds towards zero; SMT-LIB's quotient leaves a remainder that is never negative.
  private IntExpr quotient(IntExpr a, IntExpr b) {
    return bySign(a, z3.mkDiv(a, b), z3.mkUnaryMinus(z3.mkDiv(z3.mkUnaryMinus(a), b)));
  }

  /// Java's remainder has the sign of the dividend.
  private IntExpr remainder(IntExpr a, IntExpr b) {
    IntExpr opposite = (IntExpr) z3.mkUnaryMinus(a);
    return bySign(a, z3.mkMod(a, b), z3.mkUnaryMinus(z3.mkMod(opposite, b)));
  }

  private IntExpr bySign(IntExpr a, ArithExpr<IntSort> natural, ArithExpr<IntSort> negative) {
    return (IntExpr) z3.mkITE(z3.mkGe(a, z3.mkInt(0)), natural, negative);
  }

  private Whole within64Bits(IntExpr value, BoolExpr error) {
    BoolExpr outside =
        z3.mkOr(z3.mkLt(value, z3.mkInt(Long.MIN_VALUE)), z3.mkGt(value, z3.mkInt(Long.MAX_VALUE)));
    return new Whole(value, flags.either(error, outside));
  }
}
