package dejima.residency;

/// Who can be compelled to hand data over: the law above the operator and its parents.
public enum Control {
  /// Only Japanese law reaches the operator, its owners, its key custody and its support staff.
  DOMESTIC,
  /// A foreign law reaches at least one of them.
  FOREIGN,
  /// Nobody has established it; policy treats it as the worse case.
  UNKNOWN
}
