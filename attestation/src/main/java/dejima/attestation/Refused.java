package dejima.attestation;

/// Leaves a verification with the reason; never leaves this package.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  static void unless(boolean holds, String reason) {
    if (!holds) {
      throw new Refused(reason);
    }
  }
}
