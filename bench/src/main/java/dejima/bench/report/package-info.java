/// The tables and the JSON that a run leaves.
@NullMarked
package dejima.bench.report;

import org.jspecify.annotations.NullMarked;
