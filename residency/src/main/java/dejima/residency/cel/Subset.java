package dejima.residency.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds what valid CEL a condition may nevertheless not use: macros, maps, messages, conversions,
/// regular expressions, types other than bool, int and string, lists but to the right of `in`.
final class Subset {
  private static final Map<String, Integer> OPERATORS =
      Map.ofEntries(
          Map.entry(Operator.CONDITIONAL.getFunction(), 3),
          Map.entry(Operator.LOGICAL_AND.getFunction(), 2),
          Map.entry(Operator.LOGICAL_OR.getFunction(), 2),
          Map.entry(Operator.LOGICAL_NOT.getFunction(), 1),
          Map.entry(Operator.EQUALS.getFunction(), 2),
          Map.entry(Operator.NOT_EQUALS.getFunction(), 2),
          Map.entry(Operator.LESS.getFunction(), 2),
          Map.entry(Operator.LESS_EQUALS.getFunction(), 2),
          Map.entry(Operator.GREATER.getFunction(), 2),
          Map.entry(Operator.GREATER_EQUALS.getFunction(), 2),
          Map.entry(Operator.ADD.getFunction(), 2),
          Map.entry(Operator.SUBTRACT.getFunction(), 2),
          Map.entry(Operator.MULTIPLY.getFunction(), 2),
          Map.entry(Operator.DIVIDE.getFunction(), 2),
          Map.entry(Operator.MODULO.getFunction(), 2),
          Map.entry(Operator.NEGATE.getFunction(), 1),
          Map.entry(Operator.IN.getFunction(), 2));
  private static final CelType MIXED = ListType.create(SimpleType.DYN);
  private static final List<String> TEXT_TESTS = List.of("startsWith", "endsWith", "contains");

  private final DeclaredFields fields;
  private final Positions positions;
  private final List<Mistake> mistakes = new ArrayList<>();

  private Subset(DeclaredFields fields, Positions positions) {
    this.fields = fields;
    this.positions = positions;
  }

  /// The mistakes in a parsed expression, in the order of the text's operators.
  static List<Mistake> mistakes(CelAbstractSyntaxTree parsed, DeclaredFields fields) {
    Subset subset = new Subset(fields, new Positions(parsed.getSource()));
    subset.walk(parsed.getExpr());
    return subset.mistakes;
  }

  /// The lists in a checked expression whose values differ in type.
  static List<Mistake> mixedLists(CelAbstractSyntaxTree checked) {
    Positions positions = new Positions(checked.getSource());
    return checked.getTypeMap().entrySet().stream()
        .filter(typed -> typed.getValue().equals(MIXED))
        .map(typed -> positions.mistake(typed.getKey(), "the values of a list have one type"))
        .toList();
  }

  private void walk(CelExpr expression) {
    switch (expression.getKind()) {
      case CONSTANT -> constant(expression, expression.constant());
      case IDENT -> ident(expression, expression.ident().name());
      case SELECT -> select(expression, expression.select());
      case CALL -> call(expression, expression.call());
      case LIST -> refuse(expression, "a list may stand only to the right of 'in'");
      case MAP, STRUCT -> refuse(expression, "maps and messages are not part of the rule language");
      case COMPREHENSION, NOT_SET ->
          refuse(expression, "this construct is not part of the rule language");
    }
  }

  private void ident(CelExpr expression, String name) {
    if (name.equals(Expression.PERMITTED) && fields.named(name).isEmpty()) {
      refuse(expression, "only a theorem may speak of 'permitted'");
    } else if (fields.named(name).isEmpty()) {
      refuse(expression, undeclared(name));
    }
  }

  private void constant(CelExpr expression, CelConstant constant) {
    switch (constant.getKind()) {
      case BOOLEAN_VALUE, INT64_VALUE, STRING_VALUE -> {}
      case NOT_SET,
          NULL_VALUE,
          UINT64_VALUE,
          DOUBLE_VALUE,
          BYTES_VALUE,
          TIMESTAMP_VALUE,
          DURATION_VALUE ->
          refuse(expression, "only bool, int and string values are part of the rule language");
    }
  }

  private void select(CelExpr expression, CelSelect select) {
    CelExpr operand = select.operand();
    if (operand.getKind() != ExprKind.Kind.IDENT) {
      refuse(expression, "only request.… and destination.… have fields");
      return;
    }
    String root = operand.ident().name();
    if (fields.listed(root).isEmpty()) {
      refuse(operand, undeclared(root));
    } else if (fields.named(root + "." + select.field()).isEmpty()) {
      String declared = fields.listed(root);
      refuse(operand, root + " has no field '" + select.field() + "'; it has " + declared);
    }
  }

  private void call(CelExpr expression, CelCall call) {
    boolean operator =
        call.target().isEmpty()
            && Integer.valueOf(call.args().size()).equals(OPERATORS.get(call.function()));
    boolean textTest =
        call.target().isPresent()
            && call.args().size() == 1
            && TEXT_TESTS.contains(call.function());
    if (!operator && !textTest) {
      refuse(expression, outside(call.function()));
    }
    call.target().ifPresent(this::walkTarget);
    for (int i = 0; i < call.args().size(); i++) {
      CelExpr argument = call.args().get(i);
      boolean listAllowed = i == 1 && call.function().equals(Operator.IN.getFunction());
      if (listAllowed && argument.getKind() == ExprKind.Kind.LIST) {
        elements(argument);
      } else if (listAllowed) {
        refuse(argument, "'in' takes a list written out to its right");
      } else {
        walk(argument);
      }
    }
  }

  private void elements(CelExpr list) {
    if (list.list().elements().isEmpty()) {
      refuse(list, "nothing is in an empty list");
    }
    list.list().elements().forEach(this::walk);
  }

  /// A function called on a name such as `math` is refused once, as the function.
  private void walkTarget(CelExpr target) {
    if (target.getKind() != ExprKind.Kind.IDENT) {
      walk(target);
    }
  }

  private static String undeclared(String name) {
    return "'" + name + "' is not declared; read a field of request or destination";
  }

  private static String outside(String function) {
    String shown = function.replaceAll("[@_]", "");
    return "'" + shown + "' is not part of the rule language";
  }

  private void refuse(CelExpr expression, String message) {
    mistakes.add(positions.mistake(expression.id(), message));
  }
}
