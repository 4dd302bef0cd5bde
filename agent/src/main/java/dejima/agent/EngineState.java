package dejima.agent;

/// Whether an engine can answer.
public enum EngineState {
  /// Not yet: a model is loading or a process is starting.
  STARTING,
  /// Requests are answered.
  READY,
  /// Not reachable or broken.
  DOWN
}
