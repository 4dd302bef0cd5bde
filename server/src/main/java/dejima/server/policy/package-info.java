/// The policy in force on this server, and every bundle that ever was.
@NullMarked
package dejima.server.policy;

import org.jspecify.annotations.NullMarked;
