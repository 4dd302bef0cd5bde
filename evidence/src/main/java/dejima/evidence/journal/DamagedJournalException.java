package dejima.evidence.journal;

import java.io.Serial;

/// Records that were durable are gone or changed: not what a crash leaves, but what a broken disk
/// or a hand does.
public final class DamagedJournalException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DamagedJournalException(String where) {
    super("journal is damaged: " + where);
  }
}
