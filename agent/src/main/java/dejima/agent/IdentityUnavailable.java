package dejima.agent;

/// The key file of a site or gateway cannot be used; the message says which file and what to do.
public final class IdentityUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Says what is wrong and how to mend it.
  public IdentityUnavailable(String message) {
    super(message);
  }

  /// Says what is wrong and keeps what the JDK reported.
  public IdentityUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
