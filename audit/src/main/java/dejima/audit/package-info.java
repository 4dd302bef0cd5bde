/// What outsiders run: `verify`, and the decision made again that it rests on.
@NullMarked
package dejima.audit;

import org.jspecify.annotations.NullMarked;
