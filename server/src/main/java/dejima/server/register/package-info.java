/// Putting registers in force, and judging sites by the one that is.
@NullMarked
package dejima.server.register;

import org.jspecify.annotations.NullMarked;
