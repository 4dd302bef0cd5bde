package dejima.residency;

import dejima.residency.cel.Expression;

/// A theorem and what it claims, ready to be proved or to be tried on facts.
record CompiledTheorem(Theorem theorem, Expression expression) {}
