package dejima.residency.cel;

/// CEL's error value: the expression has no result for these facts. Without a stack trace, because
/// `&&` and `||` may drop it.
public final class EvaluationError extends RuntimeException {
  private static final long serialVersionUID = 1;

  EvaluationError(String message) {
    super(message, null, false, false);
  }
}
