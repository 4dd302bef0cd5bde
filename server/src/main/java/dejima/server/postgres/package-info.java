/// PostgreSQL: the embedded one or an external one, its schema, and what is kept there.
@NullMarked
package dejima.server.postgres;

import org.jspecify.annotations.NullMarked;
