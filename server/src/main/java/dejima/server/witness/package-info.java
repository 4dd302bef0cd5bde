/// Collecting witnesses' cosignatures for each tree head.
@NullMarked
package dejima.server.witness;

import org.jspecify.annotations.NullMarked;
