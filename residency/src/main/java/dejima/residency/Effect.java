package dejima.residency;

import java.util.Locale;

/// What a decision comes to.
public enum Effect {
  /// Bytes may go there.
  PERMIT,
  /// Nothing may go there.
  DENY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word in receipts: `permit` or `deny`.
  public String word() {
    return word;
  }
}
