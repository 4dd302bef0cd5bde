package dejima.residency;

/// What reading a data class gave.
public sealed interface DataClassReading {
  /// The text names a data class.
  record Read(DataClass dataClass) implements DataClassReading {}

  /// The text names none. The request must not go on as if it had said nothing.
  ///
  /// @param reason which part was not understood and what would be; quotes nothing but printable
  ///   characters
  record Unreadable(String reason) implements DataClassReading {}
}
