package dejima.bench.checking;

/// A check that must succeed did not, so that its time says nothing.
public final class CheckFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckFailedException(String message) {
    super(message);
  }
}
