package dejima.audit.monitor;

import dejima.evidence.Checkpoint;
import dejima.evidence.tree.Merkle;
import dejima.evidence.tree.ProofCheck;
import dejima.evidence.tree.Proofs;
import dejima.evidence.tree.TileTree;
import java.util.Base64;

/// The tree of a head that was checked: whether other heads and entries belong to it.
///
/// @param head checked against all entries
/// @param tiles of the head's size
record FollowedTree(Checkpoint head, Tiles tiles) {
  private static final byte[] ENTRY = {0x01};

  /// Is this an earlier, or the same, head of the tree?
  ///
  /// @param other not larger
  boolean extendsHead(Checkpoint other) {
    var proof = tree().consistency(other.size());
    return Proofs.consistency(other.size(), other.rootBytes(), head.size(), head.rootBytes(), proof)
        instanceof ProofCheck.Holds;
  }

  /// Does the entry with this body hash stand at this index?
  boolean holds(long index, String bodyHash) {
    byte[] leaf = Merkle.leafHash(ENTRY, Base64.getDecoder().decode(bodyHash));
    return index < head.size()
        && Proofs.inclusion(index, head.size(), leaf, tree().path(index), head.rootBytes())
            instanceof ProofCheck.Holds;
  }

  private TileTree tree() {
    return new TileTree(head.size(), tiles::hashes);
  }
}
