/// Everything of a tenant in open formats, out of one installation and into another.
@NullMarked
package dejima.server.export;

import org.jspecify.annotations.NullMarked;
