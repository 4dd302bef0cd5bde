package dejima.gateway;

/// Why a request body cannot be read; carries no stack trace because bad input is ordinary.
final class MalformedBody extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedBody(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
