package dejima.evidence;

import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who vouches for a checkpoint: a known log, and witnesses.
///
/// @param note the signed note
/// @param head its text, parsed
/// @param keys whom the reader trusts
record CheckpointTrust(SignedNote note, Checkpoint head, VerificationKeys keys) {

  /// The key of the known log that signed. Lines by unknown keys are passed over, as C2SP
  /// signed-note demands; a bad signature under a known key refuses the whole note.
  Reading<NoteKey> signer() {
    var logs = keys.logs().stream().filter(key -> key.name().equals(head.origin())).toList();
    if (logs.isEmpty()) {
      return new Reading.Unreadable<>("no key given is that of the log " + head.origin());
    }
    Reading<NoteKey> signer = new Reading.Unreadable<>("the log did not sign the checkpoint");
    for (var key : logs) {
      for (var line : note.signatures()) {
        if (line.isBy(key)) {
          if (!line.verifies(key, note.text())) {
            return new Reading.Unreadable<>("a signature of the log does not verify");
          }
          signer = new Reading.Read<>(key);
        }
      }
    }
    return signer;
  }

  /// The witnesses that cosigned, if they suffice.
  Reading<Set<NoteKey>> quorum() {
    var cosigners = new HashSet<NoteKey>();
    for (var key : keys.witnesses()) {
      for (var line : note.signatures()) {
        if (line.isBy(key)) {
          if (!line.verifies(key, note.text())) {
            return new Reading.Unreadable<>("a cosignature of " + key.name() + " does not verify");
          }
          cosigners.add(key);
        }
      }
    }
    return keys.quorum().isMetBy(cosigners)
        ? new Reading.Read<>(Set.copyOf(cosigners))
        : new Reading.Unreadable<>("too few witnesses cosigned the checkpoint");
  }

  void report(List<Finding> proved, List<Finding> notProved) {
    switch (keys.quorum()) {
      case Quorum.None() ->
          notProved.add(
              new Finding(
                  Step.QUORUM,
                  "one-history",
                  "That the log shows everyone the same history: no witness was asked for.",
                  "ログが全員に同じ履歴を見せていること（証人を求めていない）。"));
      case Quorum.Witness _, Quorum.Group _ ->
          proved.add(
              new Finding(
                  Step.QUORUM,
                  "witnessed",
                  "The witnesses asked for saw this tree head.",
                  "求めた証人がこのツリーヘッドを確認した。"));
    }
  }
}
