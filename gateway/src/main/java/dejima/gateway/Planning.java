package dejima.gateway;

/// What the gateway makes of an authenticated request before anything leaves.
public sealed interface Planning {
  /// The request cannot be read or names no model of ours; nothing is recorded.
  ///
  /// @param problem what to answer
  record Unreadable(Problem problem) implements Planning {}

  /// Policy refuses.
  ///
  /// @param refusal what to record and answer
  record Refused(Refusal refusal) implements Planning {}

  /// At least one site is permitted.
  ///
  /// @param plan the request's way from here
  record Planned(InferencePlan plan) implements Planning {}
}
