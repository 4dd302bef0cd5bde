package dejima.residency;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// One request and one destination that show what a policy does.
///
/// @param fields as rules name them, with their values as rules write them; a field that is not
///   named here is as plain as it can be: false, 0 or 1, `JP`, `domestic`, empty
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
