package dejima.residency;

import dejima.residency.cel.Condition;

/// A rule and its condition, ready to be asked.
record CompiledRule(Rule rule, Condition condition) {}
