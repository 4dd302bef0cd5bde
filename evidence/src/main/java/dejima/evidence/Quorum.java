package dejima.evidence;

import java.util.List;
import java.util.Set;

/// Which witnesses must have cosigned a checkpoint (C2SP tlog-policy).
public sealed interface Quorum {
  /// Nobody must.
  record None() implements Quorum {}

  /// This one must.
  record Witness(NoteKey key) implements Quorum {}

  /// At least so many of these must.
  ///
  /// @param threshold from 1 to the number of members
  record Group(int threshold, List<Quorum> members) implements Quorum {
    /// Checks the threshold.
    public Group {
      members = List.copyOf(members);
      if (threshold < 1 || threshold > members.size()) {
        throw new IllegalArgumentException("threshold out of range");
      }
    }
  }

  /// Do these cosigners suffice?
  default boolean isMetBy(Set<NoteKey> cosigners) {
    return switch (this) {
      case None() -> true;
      case Witness(NoteKey key) -> cosigners.contains(key);
      case Group(int threshold, List<Quorum> members) ->
          members.stream().filter(member -> member.isMetBy(cosigners)).count() >= threshold;
    };
  }
}
