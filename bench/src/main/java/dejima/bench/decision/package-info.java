/// What a decision costs: compiled closures beside other engines over the same rules.
@NullMarked
package dejima.bench.decision;

import org.jspecify.annotations.NullMarked;
