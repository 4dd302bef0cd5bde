package dejima.residency;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// One request and one destination that show what a policy does.
///
/// @param fields the fields that matter, as rules name them, with their values as rules write them;
///   everything else is an example and could be different
public record Situation(RequestFacts request, Destination destination, Map<String, String> fields) {
  /// Copies the fields in their order.
  public Situation {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// What matters on one line, as a condition of a rule would write it.
  public String text() {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + " == " + field.getValue())
        .collect(Collectors.joining(" && "));
  }
}
