/// How much evidence one machine can make durable.
@NullMarked
package dejima.bench.evidence;

import org.jspecify.annotations.NullMarked;
