/// The side-by-side benchmark: Dejima beside its peers, on this machine, in one run.
@NullMarked
package dejima.bench;

import org.jspecify.annotations.NullMarked;
