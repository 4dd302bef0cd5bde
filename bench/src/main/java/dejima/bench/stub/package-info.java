/// The upstream that all contenders share: fixed answers, nothing to compute.
@NullMarked
package dejima.bench.stub;

import org.jspecify.annotations.NullMarked;
