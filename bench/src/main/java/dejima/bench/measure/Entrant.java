package dejima.bench.measure;

/// A contender as it stands in the results.
///
/// @param name its name
/// @param version what was run
/// @param setup how it was set up
/// @param remark what kept it from being measured, or what is peculiar to its answers; may be empty
public record Entrant(String name, String version, String setup, String remark) {
  /// The same with another remark.
  Entrant remarked(String other) {
    return new Entrant(name, version, setup, other);
  }
}
