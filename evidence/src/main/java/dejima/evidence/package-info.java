/// What was decided and done, provable by outsiders: entries, tree heads, receipts and their
/// verification.
@NullMarked
package dejima.evidence;

import org.jspecify.annotations.NullMarked;
