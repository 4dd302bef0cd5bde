package dejima.residency.z3;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.IntExpr;

/// A translated expression: its value, and when it is CEL's error instead. Where it is an error the
/// value means nothing.
sealed interface Term {
  /// When there is no value.
  BoolExpr error();

  /// An expression of type `bool`.
  record Flag(BoolExpr value, BoolExpr error) implements Term {}

  /// An expression of type `int`: an integer without bounds, so leaving 64 bits is an error and
  /// never a wrapped number.
  record Whole(IntExpr value, BoolExpr error) implements Term {}

  /// An expression of type `string`.
  record Text(Wording value, BoolExpr error) implements Term {}
}
