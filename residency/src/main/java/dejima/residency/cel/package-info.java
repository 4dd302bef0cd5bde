/// The rule language: a subset of the Common Expression Language (CEL) over declared fields,
/// checked by `dev.cel` and compiled to closures.
///
/// The closures mean what <https://github.com/google/cel-spec> says; `RuleLanguageAgreementTest`
/// holds them against the interpreter of `dev.cel`.
@NullMarked
package dejima.residency.cel;

import org.jspecify.annotations.NullMarked;
