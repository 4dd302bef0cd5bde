package dejima.evidence;

/// Who judges what evidence itself cannot read: policy, and grounds of evidence levels.
///
/// @param decisions decides again
/// @param grounds examines what bears the sites' evidence levels
public record ReceiptJudges(DecisionReplay decisions, GroundsCheck grounds) {}
