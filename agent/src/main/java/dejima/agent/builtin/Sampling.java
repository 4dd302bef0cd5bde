package dejima.agent.builtin;

/// How tokens are chosen.
///
/// @param temperature 0 takes the likeliest token, and is this engine's default
/// @param topP share of the probability among which a token is drawn, likeliest first
/// @param seed start of the random numbers; equal requests with equal seeds get equal answers
/// @param likeliest how many of the likeliest tokens to report with each choice
record Sampling(double temperature, double topP, long seed, int likeliest) {
  /// The likeliest token each time.
  static final Sampling GREEDY = new Sampling(0, 1, 0, 0);
}
