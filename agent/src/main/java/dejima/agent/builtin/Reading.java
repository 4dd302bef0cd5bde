package dejima.agent.builtin;

/// What became of reading a request.
sealed interface Reading {
  /// It can be served.
  record Understood(Question question) implements Reading {}

  /// It cannot, and this says why.
  record Refused(ApiError error) implements Reading {}
}
