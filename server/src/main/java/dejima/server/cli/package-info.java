/// The command line: one class a command.
@NullMarked
package dejima.server.cli;

import org.jspecify.annotations.NullMarked;
