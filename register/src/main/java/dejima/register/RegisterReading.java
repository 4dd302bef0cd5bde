package dejima.register;

import java.util.List;

/// What reading a register gave.
public sealed interface RegisterReading {
  /// It is sound. Whether it is in force is a matter of signatures, [RegisterApproval].
  record Loaded(Register register) implements RegisterReading {}

  /// It is refused as a whole.
  ///
  /// @param mistakes every one that was found, never empty
  record Rejected(List<Mistake> mistakes) implements RegisterReading {
    /// Copies the list.
    public Rejected {
      mistakes = List.copyOf(mistakes);
    }
  }
}
