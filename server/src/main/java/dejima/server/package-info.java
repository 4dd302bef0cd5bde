/// The program: configuration, assembly, the wire, PostgreSQL and the console.
@NullMarked
package dejima.server;

import org.jspecify.annotations.NullMarked;
