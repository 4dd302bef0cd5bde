/// The load generator: asks, times and checks every answer.
@NullMarked
package dejima.bench.load;

import org.jspecify.annotations.NullMarked;
