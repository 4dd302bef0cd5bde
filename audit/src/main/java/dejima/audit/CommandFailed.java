package dejima.audit;

/// A command cannot do its work; the message says why and what to do.
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message);
  }
}
