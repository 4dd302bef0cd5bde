package dejima.agent;

import java.util.List;

/// What an engine says of itself.
///
/// @param name which engine, such as `builtin`
/// @param version the engine's own version
/// @param description in plain words what answers here and what it is not
/// @param state whether it can answer now
/// @param models the models that it serves, empty while unknown
/// @param capacity how much it takes and how much it has
public record EngineReport(
    String name,
    String version,
    String description,
    EngineState state,
    List<ServedModel> models,
    EngineCapacity capacity) {
  /// Keeps a copy of the models.
  public EngineReport {
    models = List.copyOf(models);
  }
}
