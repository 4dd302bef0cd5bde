package dejima.evidence;

import dejima.evidence.tree.TileTree;
import java.io.UncheckedIOException;

/// A checkpoint that enough witnesses cosigned.
///
/// @param size of its tree
/// @param note with the signatures
record WitnessedHead(long size, SignedNote note) {

  /// Checks that the log with this key signed it and that it is about this tree.
  ///
  /// @param tree of the checkpoint's size
  static Reading<WitnessedHead> of(SignedNote note, NoteKey log, TreeOfSize tree) {
    return VerificationKeys.ofLog(log)
        .signedByLog(note)
        .then(head ->
            tree.has(head)
                ? new Reading.Read<>(new WitnessedHead(head.size(), note))
                : new Reading.Unreadable<>("it is not about this log's tree"));
  }

  /// Finds the tree of an earlier size.
  interface TreeOfSize {
    /// @param size at most the newest tree head's
    TileTree at(long size);

    /// The size of the newest tree head.
    long newest();

    /// Is this a head of the tree?
    default boolean has(Checkpoint head) {
      try {
        return head.size() <= newest()
            && StrictBase64.text(at(head.size()).root()).equals(head.root());
      } catch (UncheckedIOException e) {
        return false; // no head of that size was ever published
      }
    }
  }
}
