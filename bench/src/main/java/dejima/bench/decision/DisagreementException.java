package dejima.bench.decision;

/// Two engines decide differently, so that comparing them says nothing.
public final class DisagreementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DisagreementException(String message) {
    super(message);
  }
}
