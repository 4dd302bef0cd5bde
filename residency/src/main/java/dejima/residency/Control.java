package dejima.residency;

import java.util.Locale;

/// Who can be compelled to hand data over: the law above the operator and its parents.
public enum Control {
  /// Only Japanese law reaches the operator, its owners, its key custody and its support staff.
  DOMESTIC,
  /// A foreign law reaches at least one of them.
  FOREIGN,
  /// Nobody has established it; policy treats it as the worse case.
  UNKNOWN;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word in rules, configuration and receipts: `domestic`, `foreign` or `unknown`.
  public String word() {
    return word;
  }
}
