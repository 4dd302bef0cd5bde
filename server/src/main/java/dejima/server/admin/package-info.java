/// The admin plane: its own address, its own credential.
@NullMarked
package dejima.server.admin;

import org.jspecify.annotations.NullMarked;
