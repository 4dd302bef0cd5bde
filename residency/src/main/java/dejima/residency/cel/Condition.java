package dejima.residency.cel;

/// A compiled rule condition.
@FunctionalInterface
public interface Condition {
  /// Whether the condition is true of these facts.
  ///
  /// @throws EvaluationError where CEL defines an error instead of a value
  boolean holds(Facts facts);
}
