package dejima.server.witness;

import dejima.evidence.NoteKey;
import dejima.evidence.SignedNote;
import java.util.Map;

/// What came of asking a witness for its cosignature.
sealed interface Reply {
  /// It cosigned.
  ///
  /// @param lines by the key that each verified under; never empty
  record Cosigned(Map<NoteKey, SignedNote.Line> lines) implements Reply {
    /// Copies the map.
    public Cosigned {
      lines = Map.copyOf(lines);
    }
  }

  /// It does not answer, or with an error.
  record Unavailable(String reason) implements Reply {}

  /// It answers what cannot be true. It is ignored, and an operator has to look: either it lies, or
  /// this log has lost a part of its history.
  record Lied(String reason) implements Reply {}
}
