package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.CharSort;
import com.microsoft.z3.Context;
import com.microsoft.z3.SeqExpr;
import dejima.residency.z3.Term.Flag;
import dejima.residency.z3.Term.Text;
import dejima.residency.z3.Wording.Choice;
import dejima.residency.z3.Wording.Constant;
import dejima.residency.z3.Wording.Free;
import dev.cel.common.Operator;
import java.util.List;
import java.util.function.Predicate;

/// The operations on `string`, as `dejima.residency.cel.Texts` has them.
final class TextTerms {
  private final Context z3;
  private final FlagTerms flags;

  TextTerms(Context z3, FlagTerms flags) {
    this.z3 = z3;
    this.flags = flags;
  }

  Text constant(String value) {
    return new Text(new Constant(value), z3.mkFalse());
  }

  Text conditional(Flag condition, Text then, Text otherwise) {
    return new Text(
        new Free(
            (SeqExpr<CharSort>)
                z3.mkITE(condition.value(), free(then.value()), free(otherwise.value()))),
        flags.ofChoice(condition, then.error(), otherwise.error()));
  }

  Flag test(String function, Text subject, Text part) {
    BoolExpr value =
        part.value() instanceof Constant(String text) && !(subject.value() instanceof Free)
            ? where(subject.value(), word -> tested(function, word, text))
            : tested(function, free(subject.value()), free(part.value()));
    return new Flag(value, flags.either(subject.error(), part.error()));
  }

  Term combined(Operator operator, Text left, Text right) {
    BoolExpr error = flags.either(left.error(), right.error());
    return switch (operator) {
      case ADD -> new Text(joined(left.value(), right.value()), error);
      case EQUALS -> new Flag(equal(left.value(), right.value()), error);
      case NOT_EQUALS -> new Flag(z3.mkNot(equal(left.value(), right.value())), error);
      case LESS -> new Flag(below(left.value(), right.value()), error);
      case LESS_EQUALS -> new Flag(z3.mkNot(below(right.value(), left.value())), error);
      case GREATER -> new Flag(below(right.value(), left.value()), error);
      case GREATER_EQUALS -> new Flag(z3.mkNot(below(left.value(), right.value())), error);
      default -> throw Translation.outside(operator.name());
    };
  }

  private Wording joined(Wording left, Wording right) {
    return new Free(z3.mkConcat(free(left), free(right)));
  }

  private BoolExpr equal(Wording left, Wording right) {
    if (right instanceof Constant(String text) && !(left instanceof Free)) {
      return where(left, text::equals);
    }
    if (left instanceof Constant(String text) && !(right instanceof Free)) {
      return where(right, text::equals);
    }
    if (left instanceof Choice one
        && right instanceof Choice other
        && one.words().equals(other.words())) {
      return z3.mkEq(one.index(), other.index());
    }
    return z3.mkEq(free(left), free(right));
  }

  private BoolExpr below(Wording left, Wording right) {
    if (right instanceof Constant(String text) && !(left instanceof Free)) {
      return where(left, word -> word.compareTo(text) < 0);
    }
    if (left instanceof Constant(String text) && !(right instanceof Free)) {
      return where(right, word -> text.compareTo(word) < 0);
    }
    return z3.MkStringLt(free(left), free(right));
  }

  /// When the wording, which is not free, is a word of which this is true.
  private BoolExpr where(Wording wording, Predicate<String> test) {
    return switch (wording) {
      case Constant(String text) -> z3.mkBool(test.test(text));
      case Choice choice -> {
        List<String> hits = choice.words().stream().filter(test).toList();
        List<String> misses = choice.words().stream().filter(test.negate()).toList();
        yield hits.size() <= misses.size() ? oneOf(choice, hits) : z3.mkNot(oneOf(choice, misses));
      }
      case Free _ -> throw new IllegalStateException("a free text has no list of words");
    };
  }

  private BoolExpr oneOf(Choice choice, List<String> some) {
    return z3.mkOr(
        some.stream()
            .map(word -> z3.mkEq(choice.index(), z3.mkInt(choice.words().indexOf(word))))
            .toArray(BoolExpr[]::new));
  }

  private SeqExpr<CharSort> free(Wording wording) {
    return switch (wording) {
      case Constant(String text) -> literal(z3, text);
      case Free(SeqExpr<CharSort> text) -> text;
      case Choice(var index, List<String> words) -> {
        SeqExpr<CharSort> chain = literal(z3, words.getLast());
        for (int i = words.size() - 2; i >= 0; i--) {
          BoolExpr here = z3.mkEq(index, z3.mkInt(i));
          chain = (SeqExpr<CharSort>) z3.mkITE(here, literal(z3, words.get(i)), chain);
        }
        yield chain;
      }
    };
  }

  private static boolean tested(String function, String subject, String part) {
    return switch (function) {
      case "startsWith" -> subject.startsWith(part);
      case "endsWith" -> subject.endsWith(part);
      case "contains" -> subject.contains(part);
      default -> throw Translation.outside(function);
    };
  }

  private BoolExpr tested(String function, SeqExpr<CharSort> subject, SeqExpr<CharSort> part) {
    return switch (function) {
      case "startsWith" -> z3.mkPrefixOf(part, subject);
      case "endsWith" -> z3.mkSuffixOf(part, subject);
      case "contains" -> z3.mkContains(subject, part);
      default -> throw Translation.outside(function);
    };
  }

  static SeqExpr<CharSort> literal(Context z3, String text) {
    return z3.mkString(Strings.escaped(text));
  }
}
