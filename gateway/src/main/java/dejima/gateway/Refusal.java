package dejima.gateway;

import dejima.evidence.Entry;
import dejima.residency.LocalText;

/// A refusal that is recorded before it is answered.
///
/// @param record what evidence keeps of the request
/// @param problem what to answer
/// @param reason the short reason for people
/// @param entry what to record
public record Refusal(RequestRecord record, Problem problem, LocalText reason, Entry entry) {}
