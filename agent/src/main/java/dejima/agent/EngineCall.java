package dejima.agent;

/// One answer that an engine is working on.
public interface EngineCall {
  /// Stops the work within one token; harmless when repeated or late.
  void cancel();
}
