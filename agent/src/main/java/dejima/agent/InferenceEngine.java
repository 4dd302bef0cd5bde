package dejima.agent;

/// What answers inference requests at a site, spoken to in OpenAI's dialect.
///
/// Every implementation keeps this:
///
/// - [#start] returns at once; the answer arrives at the sink from the engine's own threads.
/// - A sink sees `head`, any number of `body`, then exactly one of `end` and `broken`; or `broken`
///   alone.
/// - A request that the engine cannot serve is answered with an OpenAI error object, never with
///   `broken`; `broken` means that the answer cannot be completed.
/// - Chunks given to `body` may be cut anywhere; nobody may rely on where.
/// - A cancelled call ends with `broken`, and nothing follows it.
public interface InferenceEngine extends AutoCloseable {
  /// What the engine is, what it serves and how busy it is, at this moment.
  EngineReport report();

  /// Starts work on a request; the answer goes to the sink.
  EngineCall start(EngineRequest request, AnswerSink sink);

  /// Breaks off the calls under way and frees what the engine holds; harmless when repeated.
  @Override
  void close();
}
