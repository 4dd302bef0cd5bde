package dejima.residency.cel;

import dejima.residency.cel.Node.FlagField;
import dejima.residency.cel.Node.TextField;
import dejima.residency.cel.Node.WholeField;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Every field that a condition may read, and how to read it.
final class DeclaredFields {
  private final Map<String, Node> nodes = new TreeMap<>();

  private DeclaredFields(DeclaredFields others, String name, Node node) {
    nodes.putAll(others.nodes);
    nodes.put(name, node);
  }

  /// The order of each kind is the order in [Facts].
  DeclaredFields() {
    declare(
        FlagField::new,
        "request.personal",
        "request.financial",
        "request.my_number",
        "request.critical_infrastructure",
        "request.local_3a",
        "request.local_3b",
        "request.local_3c",
        "request.model_registered",
        "request.third_party_calls",
        "destination.ismap",
        "destination.government_cloud",
        "destination.fisc",
        "destination.japanese_law",
        "destination.domestic_maintenance",
        "destination.model_verified");
    declare(
        WholeField::new,
        "request.confidentiality",
        "destination.evidence",
        "destination.location_minutes");
    declare(
        TextField::new,
        "request.tenant",
        "request.project",
        "request.model",
        "request.kind",
        "request.statutory_task",
        "request.subcontracting_permission",
        "request.transfer_basis",
        "request.model_origin",
        "destination.kind",
        "destination.id",
        "destination.operator",
        "destination.country",
        "destination.control",
        "destination.sku",
        "destination.scheme",
        "destination.host");
  }

  /// These fields and one more name.
  DeclaredFields with(String name, Node node) {
    return new DeclaredFields(this, name, node);
  }

  Map<String, Node> all() {
    return nodes;
  }

  Optional<Node> named(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /// The fields of `request` or `destination`, for a message; empty for any other name.
  String listed(String root) {
    return nodes.keySet().stream()
        .filter(name -> name.startsWith(root + "."))
        .map(name -> name.substring(root.length() + 1))
        .collect(Collectors.joining(", "));
  }

  private void declare(IntFunction<Node> read, String... names) {
    for (int slot = 0; slot < names.length; slot++) {
      nodes.put(names[slot], read.apply(slot));
    }
  }
}
