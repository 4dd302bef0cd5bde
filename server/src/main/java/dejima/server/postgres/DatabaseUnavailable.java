package dejima.server.postgres;

/// PostgreSQL cannot be reached or started; the message says what to do.
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
