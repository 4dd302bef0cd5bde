package dejima.evidence;

import java.util.Map;

/// Decides again, for a verifier, what a body says was decided. The policy engine stands behind it.
@FunctionalInterface
public interface DecisionReplay {

  /// Decides every site that the body names, from the facts in the body and the bundle's files
  /// alone.
  ///
  /// @param body the intent or refusal whose `decisions` were recorded
  /// @param policyFiles the bundle, whose hash has been checked
  Replay replay(Json.Obj body, Map<String, String> policyFiles);

  /// What came of it.
  sealed interface Replay {
    /// Every decision came out as recorded.
    ///
    /// @param decisions how many
    record Same(int decisions) implements Replay {}

    /// At least one did not, or the facts do not suffice.
    ///
    /// @param reason which, in one English clause
    record Different(String reason) implements Replay {}
  }
}
