package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.IntNum;
import com.microsoft.z3.Model;
import com.microsoft.z3.SeqExpr;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds, among the examples that a satisfiable solver allows, one that people can read: field by
/// field in the order of the shape, the plainest value that is still possible.
final class PlainestExample {
  private final Context z3;
  private final Solver solver;
  private final Variables variables;
  private final Shape shape;
  private final Map<String, Boolean> flags = new HashMap<>();
  private final Map<String, Long> wholes = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  PlainestExample(Context z3, Solver solver, Variables variables, Shape shape) {
    this.z3 = z3;
    this.solver = solver;
    this.variables = variables;
    this.shape = shape;
  }

  Example example() {
    shape
        .domains()
        .forEach((field, domain) -> {
          if (variables.asked().contains(field)) {
            settle(variables.term(field), domain);
          }
        });
    solver.check();
    Model model = solver.getModel();
    variables.asked().forEach(field -> read(field, variables.term(field), model));
    return new Example(flags, wholes, texts);
  }

  private void settle(Term term, Domain domain) {
    switch (term) {
      case Term.Flag flag -> {
        boolean _ = prefer(z3.mkNot(flag.value()));
      }
      case Term.Whole whole when domain instanceof Domain.Whole(long least, long most) ->
          least(whole.value(), least, most);
      case Term.Text(Wording.Choice(IntExpr index, List<String> words), _) ->
          least(index, 0, words.size() - 1L);
      case Term.Text(Wording.Free(var text), _)
          when domain instanceof Domain.AnyText(List<String> readable) -> {
        boolean settled = false;
        for (int i = 0; i < readable.size() && !settled; i++) {
          settled = prefer(z3.mkEq(text, TextTerms.literal(z3, readable.get(i))));
        }
      }
      case Term.Whole _, Term.Text _ -> {}
    }
  }

  /// Halves the range until one value is left.
  private void least(IntExpr value, long least, long most) {
    long low = least;
    long high = most;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (prefer(z3.mkLe(value, z3.mkInt(middle)))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
  }

  /// Keeps what is asserted if it is possible.
  private boolean prefer(BoolExpr assertion) {
    BoolExpr[] one = {assertion};
    if (solver.check(one) == Status.SATISFIABLE) {
      solver.add(one);
      return true;
    }
    return false;
  }

  private void read(String field, Term term, Model model) {
    switch (term) {
      case Term.Flag flag -> flags.put(field, model.eval(flag.value(), true).isTrue());
      case Term.Whole whole -> wholes.put(field, number(model, whole.value()));
      case Term.Text(Wording.Choice(IntExpr index, List<String> words), _) ->
          texts.put(field, words.get(Math.toIntExact(number(model, index))));
      case Term.Text(Wording.Free(SeqExpr<?> text), _) ->
          texts.put(field, Strings.read(model.eval(text, true).getString()));
      case Term.Text(Wording.Constant(String text), _) -> texts.put(field, text);
    }
  }

  private static long number(Model model, IntExpr value) {
    return ((IntNum) model.eval(value, true)).getInt64();
  }
}
