package dejima.agent.builtin;

import java.util.List;

/// A token that was chosen, and how sure the model was.
///
/// @param token the chosen one
/// @param logProbability its natural log-probability, before temperature
/// @param bestLogProbability that of the likeliest token
/// @param likeliest as many of the likeliest tokens as were asked for, best first
record Choice(
    int token, float logProbability, float bestLogProbability, List<Candidate> likeliest) {
  /// A token that could have been chosen.
  record Candidate(int token, float logProbability) {}
}
