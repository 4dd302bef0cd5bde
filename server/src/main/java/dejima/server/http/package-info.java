/// The wire: the public listener, the way of one inference request, and the connections to sites.
@NullMarked
package dejima.server.http;

import org.jspecify.annotations.NullMarked;
