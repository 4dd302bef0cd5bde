package dejima.residency.z3;

import com.microsoft.z3.CharSort;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.SeqExpr;
import java.util.List;

/// The value of a text: as little of the theory of strings as will do, because a choice among known
/// words is settled much faster.
sealed interface Wording {
  /// A text that is written out.
  record Constant(String text) implements Wording {}

  /// One of these words, by its index.
  record Choice(IntExpr index, List<String> words) implements Wording {}

  /// Any text.
  record Free(SeqExpr<CharSort> text) implements Wording {}
}
