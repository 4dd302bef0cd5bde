package dejima.agent.builtin.model;

import java.util.List;

/// A metadata value of a GGUF file, reduced to what a reader asks for.
sealed interface GgufValue {
  /// Any of the integer types.
  record Whole(long value) implements GgufValue {}

  /// Either of the floating-point types.
  record Real(double value) implements GgufValue {}

  /// True or false.
  record Truth(boolean value) implements GgufValue {}

  /// A text.
  record Text(String value) implements GgufValue {}

  /// Values of one type.
  record Sequence(List<GgufValue> values) implements GgufValue {}
}
