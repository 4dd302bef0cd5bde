package dejima.residency.cel;

/// A compiled expression. One interface for each type that the language has, so that no value is
/// boxed.
sealed interface Node {

  /// An expression of type `bool`.
  @FunctionalInterface
  non-sealed interface Flag extends Node {
    boolean of(Facts facts);
  }

  /// An expression of type `int`, 64 bits.
  @FunctionalInterface
  non-sealed interface Whole extends Node {
    long of(Facts facts);
  }

  /// An expression of type `string`.
  @FunctionalInterface
  non-sealed interface Text extends Node {
    String of(Facts facts);
  }
}
