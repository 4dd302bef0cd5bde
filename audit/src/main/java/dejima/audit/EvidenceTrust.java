package dejima.audit;

import dejima.evidence.NoteKey;
import dejima.evidence.Quorum;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.VerificationKeys;
import dejima.location.Landmarks;
import java.util.List;
import java.util.Optional;

/// Whom a reader trusts for what bears the sites' evidence levels.
///
/// @param keys the log, and the witnesses that say since when a tree head was known
/// @param landmarks who measures where sites are, if the reader names any
/// @param approvers who approves registers, mirrors and policies, if the reader names any
public record EvidenceTrust(
    VerificationKeys keys, Optional<Landmarks> landmarks, Optional<TrustedApprovers> approvers) {
  /// Nobody: what only such people can prove is said not to be proved.
  public static final EvidenceTrust NOBODY =
      new EvidenceTrust(
          new VerificationKeys(List.<NoteKey>of(), List.of(), new Quorum.None()),
          Optional.empty(),
          Optional.empty());
}
