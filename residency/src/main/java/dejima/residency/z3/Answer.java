package dejima.residency.z3;

/// What the solver says to the question whether something is possible.
public sealed interface Answer {
  /// It is, for instance so.
  record Possible(Example example) implements Answer {}

  /// It is not, for any values at all.
  record Impossible() implements Answer {}

  /// The solver gave up within its limits.
  record Unknown(String reason) implements Answer {}
}
