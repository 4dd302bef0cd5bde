/// A witness of transparency logs: C2SP tlog-witness, kept in one directory.
@NullMarked
package dejima.audit.witness;

import org.jspecify.annotations.NullMarked;
