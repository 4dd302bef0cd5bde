package dejima.agent;

/// How much an engine takes and how much it has.
///
/// @param concurrent answers that it works on at the same time
/// @param inFlight answers that it works on now
/// @param queued requests that wait for a place
public record EngineCapacity(int concurrent, int inFlight, int queued) {
  /// Refuses negative counts.
  public EngineCapacity {
    if (concurrent < 0 || inFlight < 0 || queued < 0) {
      throw new IllegalArgumentException("a capacity is never negative");
    }
  }
}
