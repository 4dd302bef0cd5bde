package dejima.bench.contender;

/// Whether a contender can run here.
public sealed interface Preparation {
  /// It can.
  ///
  /// @param version its version, with what it runs on
  record Ready(String version) implements Preparation {}

  /// It cannot.
  ///
  /// @param reason why, and what to do
  record Missing(String reason) implements Preparation {}
}
