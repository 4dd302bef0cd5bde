package dejima.bench.evidence;

/// The log refused entries or did not answer, so its figures mean nothing.
public final class LostEvidenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostEvidenceException(long failed, long open) {
    super("%d entries failed and %d requests had no answer".formatted(failed, open));
  }

  LostEvidenceException(String missing) {
    super(missing);
  }
}
