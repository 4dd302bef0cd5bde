/// Durable, ordered records in preallocated files; knows frames and offsets, not what they mean.
@NullMarked
package dejima.evidence.journal;

import org.jspecify.annotations.NullMarked;
