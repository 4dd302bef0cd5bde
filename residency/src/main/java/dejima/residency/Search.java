package dejima.residency;

/// What came of looking for a situation among all that there can be.
public sealed interface Search {
  /// There is one.
  ///
  /// @param situation an example that people can read
  record Found(Situation situation) implements Search {}

  /// There is none, which is proved.
  record None() implements Search {}

  /// Nobody knows.
  ///
  /// @param reason why the solver has no answer
  record Unknown(String reason) implements Search {}
}
