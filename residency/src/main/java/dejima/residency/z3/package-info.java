/// Questions about conditions, answered for every request and destination by the solver Z3.
///
/// The terms mean what the closures of `dejima.residency.cel` mean, errors included;
/// `SolverAgreementTest` holds closures, the interpreter of `dev.cel` and Z3 against each other.
@NullMarked
package dejima.residency.z3;

import org.jspecify.annotations.NullMarked;
