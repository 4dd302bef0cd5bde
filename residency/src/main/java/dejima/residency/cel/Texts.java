package dejima.residency.cel;

import dejima.residency.cel.Node.Flag;
import dejima.residency.cel.Node.Text;
import dejima.residency.cel.Node.TextField;
import dev.cel.common.Operator;
import java.util.List;

/// The operations on `string`. Order is by UTF-16 unit, as `dev.cel` has it.
final class Texts {
  private Texts() {}

  private record Constant(String value) implements Text {
    @Override
    public String of(Facts facts) {
      return value;
    }
  }

  static Text constant(String value) {
    return new Constant(value);
  }

  static Text conditional(Flag condition, Text then, Text otherwise) {
    return facts -> condition.of(facts) ? then.of(facts) : otherwise.of(facts);
  }

  static Flag test(String function, Text subject, Text part) {
    return switch (function) {
      case "startsWith" -> facts -> subject.of(facts).startsWith(part.of(facts));
      case "endsWith" -> facts -> subject.of(facts).endsWith(part.of(facts));
      case "contains" -> facts -> subject.of(facts).contains(part.of(facts));
      default -> throw Translation.outside(function);
    };
  }

  static Node combined(Operator operator, Text left, Text right) {
    return switch (operator) {
      case ADD -> (Text) facts -> left.of(facts).concat(right.of(facts));
      case EQUALS -> equal(left, right);
      case NOT_EQUALS -> different(left, right);
      case LESS -> (Flag) facts -> left.of(facts).compareTo(right.of(facts)) < 0;
      case LESS_EQUALS -> (Flag) facts -> left.of(facts).compareTo(right.of(facts)) <= 0;
      case GREATER -> (Flag) facts -> left.of(facts).compareTo(right.of(facts)) > 0;
      case GREATER_EQUALS -> (Flag) facts -> left.of(facts).compareTo(right.of(facts)) >= 0;
      default -> throw Translation.outside(operator.name());
    };
  }

  /// Every element is evaluated, so that an error in any is an error of the whole.
  static Flag in(Text needle, List<Text> elements) {
    if (elements.stream().allMatch(Constant.class::isInstance)) {
      List<String> values =
          elements.stream().map(Constant.class::cast).map(Constant::value).toList();
      return needle instanceof TextField(int slot)
          ? facts -> values.contains(facts.text(slot))
          : facts -> values.contains(needle.of(facts));
    }
    return facts -> {
      String wanted = needle.of(facts);
      boolean found = false;
      for (Text element : elements) {
        found |= element.of(facts).equals(wanted);
      }
      return found;
    };
  }

  private static Flag equal(Text left, Text right) {
    if (right instanceof Constant(String value)) {
      return left instanceof TextField(int slot)
          ? facts -> value.equals(facts.text(slot))
          : facts -> value.equals(left.of(facts));
    }
    return facts -> left.of(facts).equals(right.of(facts));
  }

  private static Flag different(Text left, Text right) {
    if (left instanceof TextField(int slot) && right instanceof Constant(String value)) {
      return facts -> !value.equals(facts.text(slot));
    }
    return facts -> !left.of(facts).equals(right.of(facts));
  }
}
