package dejima.evidence;

/// Decides again, for a verifier, what a body says was decided. The policy engine stands behind it.
@FunctionalInterface
public interface DecisionReplay {

  /// Decides every site that the body names, from the facts in the body and the documents that it
  /// names alone.
  ///
  /// @param body the intent or refusal whose `decisions` were recorded
  /// @param documents the bundle and the sites' facts, whose hashes have been checked
  Replay replay(Json.Obj body, Receipt.Documents documents);

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
