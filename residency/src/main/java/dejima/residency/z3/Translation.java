package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import dejima.residency.z3.Term.Flag;
import dejima.residency.z3.Term.Text;
import dejima.residency.z3.Term.Whole;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import java.util.List;
import java.util.function.Function;

/// Turns the checked tree that `dejima.residency.cel` compiles to closures into terms of Z3.
final class Translation {
  private final Function<String, Term> fields;
  private final FlagTerms flags;
  private final WholeTerms wholes;
  private final TextTerms texts;
  private final Context z3;

  /// @param fields the term of each name that the expression may read
  Translation(Context z3, Function<String, Term> fields) {
    this.z3 = z3;
    this.fields = fields;
    this.flags = new FlagTerms(z3);
    this.wholes = new WholeTerms(z3, flags);
    this.texts = new TextTerms(z3, flags);
  }

  /// The term of an expression of type `bool`.
  Flag flag(CelExpr expression) {
    if (term(expression) instanceof Flag flag) {
      return flag;
    }
    throw outside(expression.getKind().name());
  }

  private Term term(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> fields.apply(expression.ident().name());
      case SELECT ->
          fields.apply(
              expression.select().operand().ident().name() + "." + expression.select().field());
      case CALL -> call(expression.call());
      case LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> throw outside(expression.getKind().name());
    };
  }

  private Term constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> flags.constant(constant.booleanValue());
      case INT64_VALUE -> wholes.constant(constant.int64Value());
      case STRING_VALUE -> texts.constant(constant.stringValue());
      case NOT_SET,
          NULL_VALUE,
          UINT64_VALUE,
          DOUBLE_VALUE,
          BYTES_VALUE,
          TIMESTAMP_VALUE,
          DURATION_VALUE ->
          throw outside(constant.getKind().name());
    };
  }

  private Term call(CelCall call) {
    if (call.target().isPresent()) {
      Text subject = text(call.target().get());
      return texts.test(call.function(), subject, text(call.args().getFirst()));
    }
    List<CelExpr> arguments = call.args();
    Operator operator =
        Operator.findReverse(call.function()).orElseThrow(() -> outside(call.function()));
    return switch (arguments.size()) {
      case 1 -> unary(operator, arguments.getFirst());
      case 2 -> binary(operator, arguments.getFirst(), arguments.getLast());
      case 3 -> conditional(arguments);
      default -> throw outside(call.function());
    };
  }

  private Term unary(Operator operator, CelExpr argument) {
    return operator == Operator.LOGICAL_NOT
        ? flags.not(flag(argument))
        : wholes.negated(whole(argument));
  }

  private Term conditional(List<CelExpr> parts) {
    Flag condition = flag(parts.getFirst());
    CelExpr otherwise = parts.get(2);
    return switch (term(parts.get(1))) {
      case Flag then -> {
        Flag other = flag(otherwise);
        yield new Flag(
            (BoolExpr) z3.mkITE(condition.value(), then.value(), other.value()),
            flags.ofChoice(condition, then.error(), other.error()));
      }
      case Whole then -> wholes.conditional(condition, then, whole(otherwise));
      case Text then -> texts.conditional(condition, then, text(otherwise));
    };
  }

  private Term binary(Operator operator, CelExpr left, CelExpr right) {
    return switch (operator) {
      case LOGICAL_AND -> flags.and(flag(left), flag(right));
      case LOGICAL_OR -> flags.or(flag(left), flag(right));
      case IN -> in(term(left), right.list().elements());
      default -> combined(operator, term(left), right);
    };
  }

  private Term in(Term needle, List<CelExpr> elements) {
    return flags.any(
        elements.stream()
            .map(element -> (Flag) combined(Operator.EQUALS, needle, element))
            .toList());
  }

  private Term combined(Operator operator, Term left, CelExpr right) {
    return switch (left) {
      case Flag first -> flags.compared(operator, first, flag(right));
      case Whole first -> wholes.combined(operator, first, whole(right));
      case Text first -> texts.combined(operator, first, text(right));
    };
  }

  private Whole whole(CelExpr expression) {
    if (term(expression) instanceof Whole whole) {
      return whole;
    }
    throw outside(expression.getKind().name());
  }

  private Text text(CelExpr expression) {
    if (term(expression) instanceof Text text) {
      return text;
    }
    throw outside(expression.getKind().name());
  }

  static IllegalStateException outside(String construct) {
    return new IllegalStateException("the checker let through " + construct);
  }
}
