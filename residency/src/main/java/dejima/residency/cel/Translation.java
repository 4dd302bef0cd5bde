package dejima.residency.cel;

import dejima.residency.cel.Node.Flag;
import dejima.residency.cel.Node.Text;
import dejima.residency.cel.Node.Whole;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.List;
import java.util.stream.Stream;

/// Turns a checked expression inside the [Subset] into closures. The checker has settled all types,
/// so a mismatch here is a fault of this program.
final class Translation {
  private final CelAbstractSyntaxTree checked;
  private final DeclaredFields fields;

  Translation(CelAbstractSyntaxTree checked, DeclaredFields fields) {
    this.checked = checked;
    this.fields = fields;
  }

  Condition condition() {
    return flag(checked.getExpr())::of;
  }

  private Node node(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> field(expression.ident().name());
      case SELECT ->
          field(expression.select().operand().ident().name() + "." + expression.select().field());
      case CALL -> call(expression.call());
      case LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> throw outside(expression.getKind().name());
    };
  }

  private Node field(String name) {
    return fields.named(name).orElseThrow(() -> outside(name));
  }

  private static Node constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> Flags.constant(constant.booleanValue());
      case INT64_VALUE -> Wholes.constant(constant.int64Value());
      case STRING_VALUE -> Texts.constant(constant.stringValue());
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

  private Node call(CelCall call) {
    if (call.target().isPresent()) {
      Text subject = text(call.target().get());
      return Texts.test(call.function(), subject, text(call.args().getFirst()));
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

  private Node unary(Operator operator, CelExpr argument) {
    if (operator == Operator.LOGICAL_NOT) {
      return Flags.not(flag(argument));
    }
    return Wholes.negated(whole(argument));
  }

  private Node conditional(List<CelExpr> parts) {
    Flag condition = flag(parts.getFirst());
    CelExpr otherwise = parts.get(2);
    return switch (node(parts.get(1))) {
      case Flag then -> Flags.conditional(condition, then, flag(otherwise));
      case Whole then -> Wholes.conditional(condition, then, whole(otherwise));
      case Text then -> Texts.conditional(condition, then, text(otherwise));
    };
  }

  private Node binary(Operator operator, CelExpr left, CelExpr right) {
    if (operator == Operator.LOGICAL_AND) {
      return Flags.and(operands(operator, left, right));
    }
    if (operator == Operator.LOGICAL_OR) {
      return Flags.or(operands(operator, left, right));
    }
    if (operator == Operator.IN) {
      return in(left, right.list().elements());
    }
    return switch (node(left)) {
      case Flag first -> Flags.compared(operator, first, flag(right));
      case Whole first -> Wholes.combined(operator, first, whole(right));
      case Text first -> Texts.combined(operator, first, text(right));
    };
  }

  /// The operands of a chain of one operator, which the parser has made a tree.
  private List<Flag> operands(Operator operator, CelExpr left, CelExpr right) {
    return Stream.of(left, right).flatMap(side -> operands(operator, side)).toList();
  }

  private Stream<Flag> operands(Operator operator, CelExpr side) {
    return side.getKind() == ExprKind.Kind.CALL
            && side.call().function().equals(operator.getFunction())
        ? side.call().args().stream().flatMap(inner -> operands(operator, inner))
        : Stream.of(flag(side));
  }

  private Node in(CelExpr member, List<CelExpr> elements) {
    return switch (node(member)) {
      case Flag needle -> Flags.in(needle, elements.stream().map(this::flag).toList());
      case Whole needle -> Wholes.in(needle, elements.stream().map(this::whole).toList());
      case Text needle -> Texts.in(needle, elements.stream().map(this::text).toList());
    };
  }

  private Flag flag(CelExpr expression) {
    if (node(expression) instanceof Flag flag) {
      return flag;
    }
    throw outside(expression.getKind().name());
  }

  private Whole whole(CelExpr expression) {
    if (node(expression) instanceof Whole whole) {
      return whole;
    }
    throw outside(expression.getKind().name());
  }

  private Text text(CelExpr expression) {
    if (node(expression) instanceof Text text) {
      return text;
    }
    throw outside(expression.getKind().name());
  }

  static IllegalStateException outside(String construct) {
    return new IllegalStateException("the checker let through " + construct);
  }
}
