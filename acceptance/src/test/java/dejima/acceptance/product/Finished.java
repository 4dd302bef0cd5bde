package dejima.acceptance.product;

/// A command that has ended.
///
/// @param command what was run
/// @param exit its exit code
/// @param out what it printed
/// @param err what it said on standard error
public record Finished(String command, int exit, String out, String err) {
  /// The command again, which must have ended with this code.
  public Finished expect(int code) {
    if (exit != code) {
      throw new AssertionError(
          "exit code %d instead of %d%n$ %s%n%s%n%s".formatted(exit, code, command, out, err));
    }
    return this;
  }
}
