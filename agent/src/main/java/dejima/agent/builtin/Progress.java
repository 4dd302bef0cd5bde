package dejima.agent.builtin;

/// What the engine's thread tells about a sequence.
sealed interface Progress {
  /// One more token.
  record Chosen(Choice choice) implements Progress {}

  /// The mean of the final hidden states of all positions.
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Pooled(double[] mean) implements Progress {}

  /// The model ended its answer.
  record Finished() implements Progress {}

  /// The limit of tokens is reached.
  record OutOfRoom() implements Progress {}

  /// The client left, or the engine closes.
  record Cancelled() implements Progress {}

  /// The engine could not go on.
  record Broken(String reason) implements Progress {}
}
