package dejima.agent.builtin;

/// How the text of one choice came to its end.
sealed interface Outcome {
  /// The model ended, a stop word came, or the limit was reached.
  ///
  /// @param finish OpenAI's `finish_reason`
  /// @param tokens tokens that the model produced
  record Complete(String finish, int tokens) implements Outcome {}

  /// The model became unsure.
  ///
  /// @param shown tokens already shown
  record Unsure(int shown) implements Outcome {}

  /// The client left, or the engine closes.
  record Cancelled() implements Outcome {}

  /// The engine could not go on.
  record Broken(String reason) implements Outcome {}
}
