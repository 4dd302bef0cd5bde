package dejima.gateway;

/// Why a request body cannot be read; carries no stack trace because bad input is ordinary.
final class MalformedBody extends RuntimeException {
  /// What stands behind the last byte.
  static final int END = -1;

  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedBody(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /// Something else stands where `wanted` should.
  ///
  /// @param found the byte that stands there, or [#END]
  static MalformedBody expected(String wanted, int at, int found) {
    if (found == END) {
      return new MalformedBody("The body ends where " + wanted + " was expected.");
    }
    String shown = found > 0x20 && found < 0x7f ? "'" + (char) found + "'" : "byte " + found;
    return new MalformedBody("Expected " + wanted + " at byte " + at + " but found " + shown + ".");
  }

  String reason() {
    return reason;
  }
}
