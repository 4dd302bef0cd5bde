package dejima.agent.remote;

import dejima.agent.ErrorAnswer;
import java.util.OptionalInt;

/// What reaches a call from its engine, in order.
sealed interface Arrival {
  /// The answer's head.
  ///
  /// @param retryAfter seconds after which the engine wants to be asked again, if it said so
  record Head(int status, String contentType, OptionalInt retryAfter) implements Arrival {}

  /// Bytes of the answer.
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Bytes(byte[] bytes) implements Arrival {}

  /// The answer is complete.
  record End() implements Arrival {}

  /// There is no answer to pass on, but this can be said instead.
  record Instead(ErrorAnswer error) implements Arrival {}

  /// The engine or the way to it broke.
  record Broken(String reason) implements Arrival {}
}
