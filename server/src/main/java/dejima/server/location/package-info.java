/// Asks landmarks where the sites are, records what they measure, and lets the sites' evidence
/// levels follow.
@NullMarked
package dejima.server.location;

import org.jspecify.annotations.NullMarked;
