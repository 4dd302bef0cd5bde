/// The program at an operator's site: it holds the site's key and stands before the engine.
@NullMarked
package dejima.agent;

import org.jspecify.annotations.NullMarked;
