/// The site's part in being measured by landmarks.
@NullMarked
package dejima.agent.location;

import org.jspecify.annotations.NullMarked;
