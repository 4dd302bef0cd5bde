package dejima.agent;

/// The engine that the configuration names cannot be reached or started; the message says why and
/// what to do.
public final class EngineUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Says what is wrong and how to mend it.
  public EngineUnavailable(String message) {
    super(message);
  }

  /// Says what is wrong and keeps what the system reported.
  public EngineUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
