package dejima.evidence.tree;

/// Whether a Merkle proof leads where it claims.
public sealed interface ProofCheck {
  /// It does.
  record Holds() implements ProofCheck {}

  /// It does not.
  ///
  /// @param reason why, in one English clause
  record Fails(String reason) implements ProofCheck {}
}
