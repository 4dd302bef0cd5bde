package dejima.residency;

import java.util.List;

/// A decision with what every rule of the bundle said.
///
/// @param verdicts in the order of the rules' files
public record Explanation(Decision decision, List<Verdict> verdicts) {
  /// Copies the list.
  public Explanation {
    verdicts = List.copyOf(verdicts);
  }

  /// What one rule said.
  public record Verdict(Rule rule, Truth truth) {}

  /// What a condition came to.
  public enum Truth {
    /// The condition is true.
    TRUE,
    /// The condition is false.
    FALSE,
    /// The condition has no value, which denies.
    ERROR
  }
}
