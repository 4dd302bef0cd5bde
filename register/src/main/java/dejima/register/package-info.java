/// The register of operators, sites and models: facts with source and expiry, put in force by the
/// signatures of two people.
@NullMarked
package dejima.register;

import org.jspecify.annotations.NullMarked;
