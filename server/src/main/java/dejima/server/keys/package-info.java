/// Issuing, listing and revoking API keys.
@NullMarked
package dejima.server.keys;

import org.jspecify.annotations.NullMarked;
