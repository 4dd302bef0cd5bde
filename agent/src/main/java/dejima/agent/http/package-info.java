/// The agent's wire: mutual TLS, routes, streaming and the signed trailers.
@NullMarked
package dejima.agent.http;

import org.jspecify.annotations.NullMarked;
