/// The built product as processes on loopback, started and ended by the tests.
@NullMarked
package dejima.acceptance.product;

import org.jspecify.annotations.NullMarked;
