package dejima.residency.z3;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Expr;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import dejima.residency.cel.Expression;
import dejima.residency.cel.Facts;
import dejima.residency.cel.Interpreter;
import dejima.residency.cel.Interpreter.Outcome;
import dejima.residency.cel.RandomExpressions;
import dejima.residency.cel.RuleLanguage;
import dejima.residency.cel.RuleLanguage.Reading.Understood;
import dev.cel.runtime.CelRuntime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Closures, the interpreter of `dev.cel` and Z3's terms mean the same. Z3 computes by putting the
/// values in place of the unknowns and simplifying, which is far cheaper than solving.
class SolverAgreementTest {
  private static final int EXPRESSIONS = 4_000;
  private static final int EXPRESSIONS_EACH_CONTEXT = 200;
  private static final int FACTS_EACH = 25;

  private final RuleLanguage language = new RuleLanguage();
  private final Interpreter interpreter = new Interpreter();
  private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);

  @Test
  void closuresInterpreterAndSolverAgreeErrorsIncluded() {
    SplittableRandom seed = new SplittableRandom(20261121);
    RandomExpressions random = new RandomExpressions(seed);
    Map<String, Domain> anything = domains(random.facts(), false);
    Map<String, Domain> words = domains(random.facts(), true);

    for (int done = 0; done < EXPRESSIONS; done += EXPRESSIONS_EACH_CONTEXT) {
      try (Context z3 = new Context()) {
        for (int i = 0; i < EXPRESSIONS_EACH_CONTEXT; i++) {
          compare(random.flag(1 + i % 4), random, z3, i % 2 == 0 ? anything : words);
        }
      }
    }

    assertThat(seen.values()).allMatch(count -> count > 1_000).hasSize(3);
    assertThat(seen.values().stream().mapToInt(n -> n).sum()).isEqualTo(EXPRESSIONS * FACTS_EACH);
  }

  private void compare(
      String text, RandomExpressions random, Context z3, Map<String, Domain> domains) {
    Expression expression = understood(text);
    Variables variables = new Variables(z3, domains);
    Term.Flag term = new Translation(z3, variables::term).flag(expression.tree().getExpr());
    CelRuntime.Program program = interpreter.program(text);
    for (int j = 0; j < FACTS_EACH; j++) {
      Facts facts = random.facts();
      Outcome expected = Interpreter.outcome(program, facts);
      assertThat(
              List.of(
                  Interpreter.outcome(expression.condition(), facts),
                  outcome(z3, term, variables, Interpreter.variables(facts))))
          .as("%s with %s", text, facts)
          .containsOnly(expected);
      seen.merge(expected, 1, Integer::sum);
    }
  }

  private static Outcome outcome(
      Context z3, Term.Flag term, Variables variables, Map<String, Object> values) {
    List<String> asked = List.copyOf(variables.asked());
    Expr<?>[] from =
        asked.stream().map(field -> unknown(variables.term(field))).toArray(Expr[]::new);
    Expr<?>[] to =
        asked.stream()
            .map(field ->
                value(z3, variables.term(field), Objects.requireNonNull(values.get(field))))
            .toArray(Expr[]::new);
    if (decided(z3, (BoolExpr) term.error().substitute(from, to))) {
      return Outcome.ERROR;
    }
    return decided(z3, (BoolExpr) term.value().substitute(from, to)) ? Outcome.TRUE : Outcome.FALSE;
  }

  /// One pass of simplifying leaves some comparisons of strings as they are.
  private static boolean decided(Context z3, BoolExpr ground) {
    BoolExpr simple = ground;
    for (int pass = 0; pass < 3 && !simple.isTrue() && !simple.isFalse(); pass++) {
      simple = (BoolExpr) simple.simplify();
    }
    if (simple.isTrue() || simple.isFalse()) {
      return simple.isTrue();
    }
    Solver solver = z3.mkSolver();
    BoolExpr[] one = {simple};
    Status status = solver.check(one);
    assertThat(status).as("%s", simple).isNotEqualTo(Status.UNKNOWN);
    return status == Status.SATISFIABLE;
  }

  private static Expr<?> unknown(Term term) {
    return switch (term) {
      case Term.Flag flag -> flag.value();
      case Term.Whole whole -> whole.value();
      case Term.Text(Wording.Free(var text), _) -> text;
      case Term.Text(Wording.Choice(var index, _), _) -> index;
      case Term.Text(Wording.Constant _, _) -> throw new AssertionError("no unknown");
    };
  }

  private static Expr<?> value(Context z3, Term term, Object value) {
    return switch (term) {
      case Term.Flag _ -> z3.mkBool((boolean) value);
      case Term.Whole _ -> z3.mkInt((long) value);
      case Term.Text(Wording.Choice(_, List<String> words), _) ->
          z3.mkInt(words.indexOf((String) value));
      case Term.Text _ -> TextTerms.literal(z3, (String) value);
    };
  }

  /// Every field with the values that random facts have.
  private static Map<String, Domain> domains(Facts facts, boolean words) {
    Map<String, Domain> domains = new HashMap<>();
    Interpreter.variables(facts)
        .forEach((field, value) ->
            domains.put(
                field,
                switch (value) {
                  case Boolean _ -> new Domain.Flag();
                  case Long _ -> new Domain.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
                  default ->
                      words
                          ? new Domain.Words(RandomExpressions.TEXTS)
                          : new Domain.AnyText(List.of());
                }));
    return domains;
  }

  private Expression understood(String text) {
    return switch (language.read(text)) {
      case Understood(Expression expression) -> expression;
      case RuleLanguage.Reading.Refused(var mistakes) ->
          throw new AssertionError(text + " " + mistakes);
    };
  }
}
