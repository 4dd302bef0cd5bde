package dejima.residency;

import dejima.residency.cel.Condition;
import dejima.residency.cel.Expression;

/// A rule and its condition, ready to be asked and ready to be proved over.
record CompiledRule(Rule rule, Condition condition, Expression expression) {
  CompiledRule(Rule rule, Expression expression) {
    this(rule, expression.condition(), expression);
  }
}
