package dejima.bench.decision;

/// An engine that decides by one set of rules.
public interface Decider {
  /// What the table calls it.
  String name();

  /// Whether the rules permit one of the [Situations].
  ///
  /// @param situation its index
  boolean permits(int situation);
}
