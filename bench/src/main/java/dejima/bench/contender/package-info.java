/// Who is measured, and how each is prepared, started and stopped.
@NullMarked
package dejima.bench.contender;

import org.jspecify.annotations.NullMarked;
