package dejima.audit.monitor;

/// A vantage point gives no answer that could be judged; the message says why.
final class SourceUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceUnavailable(String message) {
    super(message);
  }
}
