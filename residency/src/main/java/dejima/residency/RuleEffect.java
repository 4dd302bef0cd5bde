package dejima.residency;

/// What a rule does when its condition is true. One forbidding rule outweighs every permitting one.
public enum RuleEffect {
  /// The destination must not be used.
  FORBID,
  /// The destination may be used unless something forbids it.
  PERMIT
}
