package dejima.agent.builtin;

/// Stops an answer as soon as the model is not sure of a token: a small model is better silent than
/// wrong.
///
/// @param least smallest log-probability that the likeliest token must have at every place
/// @param heldBack tokens that must all have passed before the first of them is shown
record ConfidenceGate(float least, int heldBack) {
  /// Lets everything through at once.
  static final ConfidenceGate OPEN = new ConfidenceGate(Float.NEGATIVE_INFINITY, 1);

  boolean passes(Choice choice) {
    return choice.bestLogProbability() >= least;
  }
}
