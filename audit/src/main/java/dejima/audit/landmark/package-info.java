/// A landmark: a small program that anybody independent can run, and that measures sites for
/// gateways it knows.
@NullMarked
package dejima.audit.landmark;

import org.jspecify.annotations.NullMarked;
