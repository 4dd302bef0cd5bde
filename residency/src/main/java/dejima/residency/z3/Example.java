package dejima.residency.z3;

import java.util.Map;

/// Values of fields that answer a question with yes. A field that the question does not read is
/// absent and may have any value.
///
/// @param flags by field
/// @param wholes by field
/// @param texts by field
public record Example(
    Map<String, Boolean> flags, Map<String, Long> wholes, Map<String, String> texts) {
  /// Copies the values.
  public Example {
    flags = Map.copyOf(flags);
    wholes = Map.copyOf(wholes);
    texts = Map.copyOf(texts);
  }
}
