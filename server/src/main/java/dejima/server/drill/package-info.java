/// Rehearses doing without an operator: what would be stranded, what the others would carry, how
/// long the switch takes.
@NullMarked
package dejima.server.drill;

import org.jspecify.annotations.NullMarked;
