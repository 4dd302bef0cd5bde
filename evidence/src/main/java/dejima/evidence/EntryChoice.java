package dejima.evidence;

/// Which entries somebody wants to read, by what can be told without reading them.
@FunctionalInterface
public interface EntryChoice {
  /// Whether an entry of this kind and tenant is wanted.
  boolean wants(Kind kind, String tenant);
}
