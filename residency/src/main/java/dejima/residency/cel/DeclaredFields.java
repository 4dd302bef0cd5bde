package dejima.residency.cel;

import dejima.residency.cel.Node.Flag;
import dejima.residency.cel.Node.Text;
import dejima.residency.cel.Node.Whole;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Every field that a condition may read, and how to read it.
final class DeclaredFields {
  private final Map<String, Node> nodes = new TreeMap<>();

  DeclaredFields() {
    declareRequest();
    declareDestination();
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

  private void declareRequest() {
    declare("request.confidentiality", (Whole) facts -> facts.request().confidentiality());
    declare("request.personal", (Flag) facts -> facts.request().personal());
    declare("request.financial", (Flag) facts -> facts.request().financial());
    declare("request.my_number", (Flag) facts -> facts.request().myNumber());
    declare(
        "request.critical_infrastructure",
        (Flag) facts -> facts.request().criticalInfrastructure());
    declare("request.tenant", (Text) facts -> facts.request().tenant());
    declare("request.project", (Text) facts -> facts.request().project());
    declare("request.model", (Text) facts -> facts.request().model());
    declare("request.kind", (Text) facts -> facts.request().kind());
  }

  private void declareDestination() {
    declare("destination.kind", (Text) facts -> facts.destination().kind());
    declare("destination.id", (Text) facts -> facts.destination().id());
    declare("destination.operator", (Text) facts -> facts.destination().operator());
    declare("destination.country", (Text) facts -> facts.destination().country());
    declare("destination.control", (Text) facts -> facts.destination().control());
    declare("destination.evidence", (Whole) facts -> facts.destination().evidence());
    declare("destination.sku", (Text) facts -> facts.destination().sku());
    declare("destination.scheme", (Text) facts -> facts.destination().scheme());
    declare("destination.host", (Text) facts -> facts.destination().host());
  }

  private void declare(String name, Node read) {
    nodes.put(name, read);
  }
}
