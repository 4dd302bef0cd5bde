package dejima.residency.cel;

/// A compiled expression. One interface for each type that the language has, so that no value is
/// boxed.
sealed interface Node {

  /// An expression of type `bool`.
  @FunctionalInterface
  non-sealed interface Flag extends Node {
    boolean of(Facts facts);
  }

  /// A field of type `bool`.
  record FlagField(int slot) implements Flag {
    @Override
    public boolean of(Facts facts) {
      return facts.flag(slot);
    }
  }

  /// An expression of type `int`, 64 bits.
  @FunctionalInterface
  non-sealed interface Whole extends Node {
    long of(Facts facts);
  }

  /// A field of type `int`.
  record WholeField(int slot) implements Whole {
    @Override
    public long of(Facts facts) {
      return facts.whole(slot);
    }
  }

  /// An expression of type `string`.
  @FunctionalInterface
  non-sealed interface Text extends Node {
    String of(Facts facts);
  }

  /// A field of type `string`.
  record TextField(int slot) implements Text {
    @Override
    public String of(Facts facts) {
      return facts.text(slot);
    }
  }
}
