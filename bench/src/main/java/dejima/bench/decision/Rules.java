package dejima.bench.decision;

import java.util.ArrayList;
import java.util.List;

/// As many rules as wanted, each in CEL and in Cedar, shaped like those of the shipped bundles: one
/// permits, the others forbid.
///
/// @param cel conditions over `request` and `destination`
/// @param cedar conditions over `context`
/// @param permits whether the rule at this place permits
public record Rules(List<String> cel, List<String> cedar, List<Boolean> permits) {
  private static final List<String> MARKERS =
      List.of("personal", "financial", "my_number", "critical_infrastructure");

  /// Copies the lists.
  public Rules {
    cel = List.copyOf(cel);
    cedar = List.copyOf(cedar);
    permits = List.copyOf(permits);
  }

  /// That many rules.
  public static Rules of(int count) {
    List<String> cel = new ArrayList<>();
    List<Boolean> permits = new ArrayList<>();
    for (int i = 0; i < count - 1; i++) {
      String marker = "request." + MARKERS.get(i % MARKERS.size());
      cel.add(
          "destination.kind == \"site\" && "
              + switch (i % 3) {
                case 0 -> marker + " && destination.country != \"JP\"";
                case 1 ->
                    "request.confidentiality == "
                        + (1 + i % 3)
                        + " && destination.evidence < "
                        + (i % 2);
                default ->
                    marker
                        + " && destination.control != \"domestic\" && destination.evidence < "
                        + (1 + i % 4);
              });
      permits.add(false);
    }
    cel.add("destination.kind == \"site\" && destination.evidence >= 1");
    permits.add(true);
    return new Rules(cel, cel.stream().map(Rules::inCedar).toList(), permits);
  }

  private static String inCedar(String cel) {
    return cel.replace("request.", "context.").replace("destination.", "context.");
  }
}
