package dejima.acceptance.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// The decisions that a recorded body holds, read without the product's code.
public final class RecordedDecisions {
  private RecordedDecisions() {}

  /// The effect for each site by its id.
  public static Map<String, String> effects(JsonNode body) {
    Map<String, String> effects = new TreeMap<>();
    for (JsonNode group : body.path("decisions").path("sites")) {
      for (JsonNode site : group.path("sites")) {
        effects.put(site.asText(), group.path("effect").asText());
      }
    }
    return effects;
  }

  /// Whether every decision names at least one of the listed rules.
  public static boolean allNameRules(JsonNode body) {
    int rules = body.path("decisions").path("rules").size();
    for (JsonNode group : body.path("decisions").path("sites")) {
      if (group.path("by").isEmpty() || group.path("by").get(0).asInt(-1) >= rules) {
        return false;
      }
    }
    return true;
  }
}
