package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import dejima.residency.cel.Expression;
import dejima.residency.z3.Question.RuleSet;
import dejima.residency.z3.Term.Flag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Questions as assertions in one context of Z3.
final class Asking {
  private final Context z3;
  private final Shape shape;
  private final Variables variables;
  private final Map<RuleSet, Translated> translated = new HashMap<>();

  Asking(Context z3, Shape shape) {
    this.z3 = z3;
    this.shape = shape;
    this.variables = new Variables(z3, shape.domains());
  }

  /// When a set of rules permits, and the fields that it reads.
  private record Translated(BoolExpr permitted, Set<String> fields) {}

  Context context() {
    return z3;
  }

  Variables variables() {
    return variables;
  }

  /// What is true if the answer is yes.
  BoolExpr[] assertions(Question question) {
    variables.forgetAsked();
    List<BoolExpr> assertions = new ArrayList<>();
    assertions.add(
        switch (question) {
          case Question.Breaks(RuleSet rules, Expression theorem) ->
              fails(theorem, permitted(rules));
          case Question.BreaksRefused(Expression where, Expression theorem) ->
              z3.mkAnd(holds(where), fails(theorem, z3.mkFalse()));
          case Question.BreaksUnderSomeRules(Expression theorem) ->
              fails(theorem, z3.mkBoolConst(Expression.PERMITTED));
          case Question.Between(RuleSet refusing, RuleSet permitting) ->
              z3.mkAnd(z3.mkNot(permitted(refusing)), permitted(permitting));
          case Question.Permits(RuleSet rules) -> permitted(rules);
        });
    assertions.addAll(bindings());
    variables.asked().forEach(field -> assertions.addAll(variables.bounds(field)));
    return assertions.toArray(BoolExpr[]::new);
  }

  /// A binding may speak of fields that had not been asked for, whose own bindings count then.
  private List<BoolExpr> bindings() {
    List<BoolExpr> bindings = new ArrayList<>();
    Set<String> bound = new HashSet<>();
    for (List<String> open = unbound(bound); !open.isEmpty(); open = unbound(bound)) {
      for (String field : open) {
        bound.add(field);
        Expression binding = shape.bindings().get(field);
        if (binding != null) {
          bindings.add(holds(binding));
        }
      }
    }
    return bindings;
  }

  private List<String> unbound(Set<String> bound) {
    return variables.asked().stream().filter(field -> !bound.contains(field)).toList();
  }

  private BoolExpr permitted(RuleSet rules) {
    Translated known = translated.get(rules);
    if (known == null) {
      Set<String> before = Set.copyOf(variables.asked());
      variables.forgetAsked();
      known = new Translated(translation(rules), Set.copyOf(variables.asked()));
      translated.put(rules, known);
      before.forEach(variables::term);
    }
    known.fields().stream().sorted().forEach(variables::term);
    return known.permitted();
  }

  private BoolExpr translation(RuleSet rules) {
    BoolExpr forbidden = z3.mkFalse();
    BoolExpr allowed = z3.mkFalse();
    for (Expression rule : rules.forbidding()) {
      Flag flag = flag(rule, z3.mkFalse());
      forbidden = z3.mkOr(forbidden, flag.value(), flag.error());
    }
    for (Expression rule : rules.permitting()) {
      Flag flag = flag(rule, z3.mkFalse());
      forbidden = z3.mkOr(forbidden, flag.error());
      allowed = z3.mkOr(allowed, flag.value());
    }
    return z3.mkAnd(z3.mkNot(forbidden), allowed);
  }

  private BoolExpr holds(Expression condition) {
    Flag flag = flag(condition, z3.mkFalse());
    return z3.mkAnd(flag.value(), z3.mkNot(flag.error()));
  }

  private BoolExpr fails(Expression theorem, BoolExpr permitted) {
    Flag flag = flag(theorem, permitted);
    return z3.mkOr(z3.mkNot(flag.value()), flag.error());
  }

  private Flag flag(Expression expression, BoolExpr permitted) {
    Translation translation =
        new Translation(
            z3,
            name ->
                name.equals(Expression.PERMITTED)
                    ? new Flag(permitted, z3.mkFalse())
                    : variables.term(name));
    return translation.flag(expression.tree().getExpr());
  }
}
