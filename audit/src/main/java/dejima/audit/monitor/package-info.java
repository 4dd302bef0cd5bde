/// Following a log from outside: its tree heads, entries, tiles, and what it promised.
@NullMarked
package dejima.audit.monitor;

import org.jspecify.annotations.NullMarked;
