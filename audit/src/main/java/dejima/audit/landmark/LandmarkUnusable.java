package dejima.audit.landmark;

/// A landmark cannot run; the message says why and what to mend.
final class LandmarkUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LandmarkUnusable(String message) {
    super(message);
  }

  LandmarkUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
