/// Sites that speak an agent's protocol and misbehave on demand.
@NullMarked
package dejima.acceptance.site;

import org.jspecify.annotations.NullMarked;
