package dejima.agent;

/// Where an engine puts its answer, piece by piece and in order.
///
/// Called from engine threads, one at a time for one answer; an implementation carries the calls to
/// where it needs them.
public interface AnswerSink {
  /// When it makes sense to ask the engine again; said before [#head], if at all.
  default void retryAfter(int seconds) {}

  /// The answer begins.
  ///
  /// @param status HTTP status
  /// @param contentType media type of the body, such as `application/json` or `text/event-stream`
  void head(int status, String contentType);

  /// The next bytes of the body; may block until the receiver has room, which slows the engine
  /// down.
  ///
  /// @param bytes not changed by the engine afterwards
  void body(byte[] bytes);

  /// The answer is complete.
  void end();

  /// The answer cannot be completed: what was sent so far is not an answer.
  ///
  /// @param reason in words for an operator, without anything of the request's text
  void broken(String reason);
}
