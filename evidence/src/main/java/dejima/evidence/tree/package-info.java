/// The Merkle tree of RFC 9162 §2.1 and its tiles (C2SP tlog-tiles); knows hashes only.
@NullMarked
package dejima.evidence.tree;

import org.jspecify.annotations.NullMarked;
