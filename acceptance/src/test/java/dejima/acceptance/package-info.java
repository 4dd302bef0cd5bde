/// What the built product must do, asked of it from outside: through its launcher, its ports and
/// its files, by the clients that people use.
@NullMarked
package dejima.acceptance;

import org.jspecify.annotations.NullMarked;
