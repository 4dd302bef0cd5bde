package dejima.evidence;

/// Whether a log can record.
public sealed interface LogState {
  /// Nothing is wrong.
  record Working() implements LogState {}

  /// Entries are being refused, or tree heads are late; the log goes on trying.
  ///
  /// @param reason what is wrong
  record Failing(String reason) implements LogState {}
}
