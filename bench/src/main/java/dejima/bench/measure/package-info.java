/// What is measured, in which order, and the statistics of it.
@NullMarked
package dejima.bench.measure;

import org.jspecify.annotations.NullMarked;
