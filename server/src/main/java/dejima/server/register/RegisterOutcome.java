package dejima.server.register;

import dejima.register.Register;
import java.util.List;

/// What came of reading the register again.
public sealed interface RegisterOutcome {
  /// This version is in force now, or still.
  ///
  /// @param register the version
  /// @param people who signed it
  record InForce(Register register, List<String> people) implements RegisterOutcome {
    /// Copies the list.
    public InForce {
      people = List.copyOf(people);
    }
  }

  /// It is not put in force; what was before stays.
  ///
  /// @param reasons every one, never empty
  record Refused(List<String> reasons) implements RegisterOutcome {
    /// Copies the list.
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
