package dejima.residency;

import dejima.residency.Destination.SinkKind;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.cel.Expression;
import dejima.residency.cel.RuleLanguage;
import dejima.residency.cel.RuleLanguage.Reading;
import dejima.residency.z3.Domain;
import dejima.residency.z3.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which facts [FactsOf] can give at all, for the solver.
///
/// It may allow more than there is, which makes a proof only stronger; it must not forbid what can
/// be, or a proof would pass over it.
final class FactShape {
  /// The fields that only a site has, and what they are elsewhere.
  private static final Map<String, String> OF_SITES =
      Map.ofEntries(
          Map.entry("destination.id", "destination.id == ''"),
          Map.entry("destination.operator", "destination.operator == ''"),
          Map.entry("destination.evidence", "destination.evidence == 0"),
          Map.entry(
              "destination.location_minutes",
              "destination.location_minutes == " + SiteFacts.NEVER_LOCATED),
          Map.entry("destination.ismap", "!destination.ismap"),
          Map.entry("destination.government_cloud", "!destination.government_cloud"),
          Map.entry("destination.fisc", "!destination.fisc"),
          Map.entry("destination.japanese_law", "!destination.japanese_law"),
          Map.entry("destination.domestic_maintenance", "!destination.domestic_maintenance"),
          Map.entry("destination.model_verified", "!destination.model_verified"));

  /// Where [SiteFacts#country] is unknown, in the spellings that Azure uses. Others count as
  /// possible here with any country.
  private static final String ROAMING =
      "destination.sku.startsWith('Global') || destination.sku.startsWith('DataZone')";

  private final RuleLanguage language = new RuleLanguage();
  private final Map<String, Domain> domains = new LinkedHashMap<>();
  private final Map<String, Expression> bindings = new LinkedHashMap<>();

  private FactShape() {}

  /// The shape of all requests and destinations.
  static Shape all() {
    FactShape shape = new FactShape();
    shape.destinationKind();
    shape.request();
    shape.destination();
    shape.bind();
    return new Shape(shape.domains, shape.bindings);
  }

  private void destinationKind() {
    List<String> kinds = new ArrayList<>(List.of("site", "media"));
    Stream.of(SinkKind.values()).map(SinkKind::word).forEach(kinds::add);
    domains.put("destination.kind", new Domain.Words(kinds));
  }

  private void request() {
    domains.put("request.confidentiality", new Domain.Whole(1, Confidentiality.values().length));
    flags(
        "request.my_number",
        "request.personal",
        "request.financial",
        "request.critical_infrastructure",
        "request.local_3a",
        "request.local_3b",
        "request.local_3c",
        "request.model_registered",
        "request.third_party_calls");
    domains.put("request.kind", words(RequestKind.values(), RequestKind::word));
    domains.put("request.transfer_basis", words(TransferBasis.values(), TransferBasis::word));
    domains.put("request.model_origin", countries());
    domains.put("request.statutory_task", text("", "task-1"));
    domains.put("request.subcontracting_permission", text("", "permission-1"));
    domains.put("request.tenant", text("tenant"));
    domains.put("request.project", text("project"));
    domains.put("request.model", text("model"));
  }

  private void destination() {
    domains.put("destination.country", countries());
    domains.put("destination.control", words(Control.values(), Control::word));
    domains.put("destination.evidence", new Domain.Whole(0, EvidenceLevel.E4.level()));
    domains.put("destination.location_minutes", new Domain.Whole(0, SiteFacts.NEVER_LOCATED));
    flags(
        "destination.ismap",
        "destination.government_cloud",
        "destination.fisc",
        "destination.japanese_law",
        "destination.domestic_maintenance",
        "destination.model_verified");
    domains.put("destination.sku", text("", "Standard"));
    domains.put("destination.id", text("", "site"));
    domains.put("destination.operator", text("", "operator"));
    domains.put("destination.scheme", text("", "data", "https"));
    domains.put("destination.host", text("", "host.example"));
  }

  private void bind() {
    OF_SITES.forEach(
        (field, elsewhere) -> bind(field, "destination.kind == 'site' || " + elsewhere));
    bind(
        "destination.sku",
        "destination.kind == 'site' ? !(%s) || destination.country == 'ZZ' : destination.sku == ''"
            .formatted(ROAMING));
    bind("destination.country", "destination.kind != 'media' || destination.country == 'ZZ'");
    bind("destination.control", "destination.kind != 'media' || destination.control == 'unknown'");
    bind("destination.scheme", "destination.kind == 'media' || destination.scheme == ''");
    bind("destination.host", "destination.kind != 'site' || destination.host == ''");
  }

  private void bind(String field, String expression) {
    bindings.put(field, expression(language, expression));
  }

  /// A condition of the product's own.
  static Expression expression(RuleLanguage language, String text) {
    return switch (language.read(text)) {
      case Reading.Understood(Expression read) -> read;
      case Reading.Refused(var mistakes) -> throw new IllegalStateException(mistakes.toString());
    };
  }

  private void flags(String... fields) {
    for (String field : fields) {
      domains.put(field, new Domain.Flag());
    }
  }

  /// Those that readers know best first.
  private static Domain countries() {
    Stream<String> known = Stream.of("JP", "US", "CN");
    Stream<String> all = Country.all().stream().map(Country::code);
    return new Domain.Words(Stream.concat(known, all).distinct().toList());
  }

  private static <T> Domain words(T[] values, Function<T, String> word) {
    return new Domain.Words(Arrays.stream(values).map(word).toList());
  }

  private static Domain text(String... readable) {
    return new Domain.AnyText(List.of(readable));
  }
}
