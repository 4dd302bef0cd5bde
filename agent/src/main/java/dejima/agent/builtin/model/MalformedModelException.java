package dejima.agent.builtin.model;

/// A model file that is damaged, hostile or of a kind that this engine does not run.
public final class MalformedModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedModelException(String problem) {
    super(problem);
  }
}
