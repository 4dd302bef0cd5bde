/// Files that must not be lost or found half written.
@NullMarked
package dejima.server.files;

import org.jspecify.annotations.NullMarked;
