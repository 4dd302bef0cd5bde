package dejima.register;

import dejima.residency.Control;
import dejima.residency.LocalText;
import java.util.List;

/// Who can compel somebody, and why.
///
/// @param control what follows from the reasons: foreign if one of them is, else unknown if one of
///   them is, else domestic
/// @param reasons each with the chain of owners by which it reaches the person
public record ControlFinding(Control control, List<Reason> reasons) {
  /// Copies the list.
  public ControlFinding {
    reasons = List.copyOf(reasons);
  }

  /// One reason.
  ///
  /// @param side what it speaks for
  /// @param chain the ids from the person to where the reason lies
  /// @param text what it is
  public record Reason(Control side, List<String> chain, LocalText text) {
    /// Copies the chain.
    public Reason {
      chain = List.copyOf(chain);
    }
  }
}
