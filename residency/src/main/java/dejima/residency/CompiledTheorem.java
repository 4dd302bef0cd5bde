package dejima.residency;

import dejima.residency.cel.Expression;

/// A theorem and what it claims, ready to be proved or to be tried on facts.
///
/// @param path the file inside the bundle
record CompiledTheorem(String path, Theorem theorem, Expression expression) {}
