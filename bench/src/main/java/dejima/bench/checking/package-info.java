/// What it costs to check evidence: a measurement of a site's location, and a whole receipt.
@NullMarked
package dejima.bench.checking;

import org.jspecify.annotations.NullMarked;
