/// What the node records about itself: its keys, its sites, its policy.
@NullMarked
package dejima.server.records;

import org.jspecify.annotations.NullMarked;
