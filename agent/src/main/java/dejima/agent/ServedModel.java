package dejima.agent;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A model that an engine serves.
///
/// @param id the name that requests use
/// @param digest `sha256:` and the hex hash of the model's file; absent when the engine does not
///   tell
/// @param kinds what can be asked of it
/// @param contextLength most tokens of question and answer together; absent when the engine does
///   not tell
public record ServedModel(
    String id, Optional<String> digest, Set<ModelKind> kinds, OptionalInt contextLength) {
  /// Keeps the kinds in their declared order.
  public ServedModel {
    var ordered = EnumSet.noneOf(ModelKind.class);
    ordered.addAll(kinds);
    kinds = Collections.unmodifiableSet(ordered);
  }
}
