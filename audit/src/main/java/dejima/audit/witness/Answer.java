package dejima.audit.witness;

import dejima.evidence.SignedNote;
import java.util.List;

/// What a witness says to `add-checkpoint`, each with the status that C2SP tlog-witness gives it.
sealed interface Answer {
  /// 200: it extends everything seen before.
  ///
  /// @param cosignatures one line for each of the witness's keys
  record Cosigned(List<SignedNote.Line> cosignatures) implements Answer {
    /// Copies the list.
    public Cosigned {
      cosignatures = List.copyOf(cosignatures);
    }
  }

  /// 400: the request breaks the format.
  record Malformed(String reason) implements Answer {}

  /// 403: no signature by a trusted key of the log, or one that is false.
  record Unsigned(String reason) implements Answer {}

  /// 404: the witness does not follow this log.
  record UnknownLog() implements Answer {}

  /// 409: the old size is not that of the latest checkpoint.
  ///
  /// @param size what is
  record Stale(long size) implements Answer {}

  /// 409: two roots for one size, which is a split view of the log.
  record Split() implements Answer {}

  /// 422: the tree does not extend the one before.
  record Inconsistent(String reason) implements Answer {}
}
