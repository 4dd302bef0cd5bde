package dejima.bench.report;

import dejima.bench.checking.CheckFigures;
import dejima.bench.decision.DecisionFigures;
import dejima.bench.evidence.EvidenceFigures;
import dejima.bench.measure.Outcome;
import dejima.bench.measure.Plan;
import java.util.Optional;

/// Everything that a run has found, to be written in one form or another.
///
/// @param machine where and when
/// @param plan how long and how often
/// @param outcome the contenders' figures
/// @param evidence the evidence log's figures, if it was measured
/// @param decisions the figures of decisions and proofs, if they were measured
/// @param checks the figures of checking evidence, if they were measured
public record Report(
    Machine machine,
    Plan plan,
    Outcome outcome,
    Optional<EvidenceFigures> evidence,
    Optional<DecisionFigures> decisions,
    Optional<CheckFigures> checks) {}
