package dejima.server.console;

import java.util.HashMap;
import java.util.Map;

/// A site as markup: its card, and its marker in the schematic.
final class SiteView {
  private final Words words;
  private final Template card;
  private final Template cell;
  private final Template marker;

  SiteView(Words words) {
    this.words = words;
    this.card = Template.read("site-card", words);
    this.cell = Template.read("class-cell", words);
    this.marker = Template.read("site-marker", words);
  }

  Html card(SiteCard site) {
    Html cells = site.permits().stream().map(this::cell).collect(Html.joined());
    return card.fill(fields(site), Map.of("cells", cells));
  }

  /// The marker of the `index`th site at its place.
  Html marker(SiteCard site, int index) {
    Metro metro = Metro.of(site);
    Map<String, String> fields = fields(site);
    fields.put("dy", Integer.toString(index * metro.side().step()));
    fields.put("name", Figures.shortened(site.facts().id(), 9, 6));
    fields.put("side", metro.side().word());
    fields.put("labelX", Integer.toString(metro.side().labelX()));
    fields.put("labelY", Integer.toString(metro.side().labelY()));
    return marker.fill(fields);
  }

  private Html cell(ClassDecision permit) {
    boolean permits = permit.decision().permits();
    Language language = words.language();
    return cell.fill(
        Map.of(
            "permit", Boolean.toString(permits),
            "sign", permits ? "✓" : "×",
            "label", language.of(permit.title()),
            "said", words.get(permits ? "permit" : "deny"),
            "reason", language.of(permit.decision().reason())));
  }

  private Map<String, String> fields(SiteCard site) {
    Map<String, String> fields = new HashMap<>();
    Language language = words.language();
    String country = site.facts().country().code();
    fields.put("id", site.facts().id());
    fields.put("operator", site.facts().operator());
    fields.put("place", language.of(Metro.of(site).title()));
    fields.put("countryCode", country);
    fields.put(
        "country", country.equals("ZZ") ? words.get("map.unknown") : language.country(country));
    fields.put("control", site.facts().control().word());
    fields.put("controlText", words.get("control." + site.facts().control().word()));
    fields.put("evidence", site.facts().evidence().sign());
    fields.put("evidenceLabel", language.of(site.facts().evidence().label()));
    fields.put("notProved", language.of(site.facts().evidence().notProved()));
    fields.put("statement", site.standing().word());
    fields.put("statementText", words.get("statement." + site.standing().word()));
    fields.put("fault", language.of(site.standing().fault()));
    fields.put("sku", site.facts().sku());
    fields.put("standIn", Boolean.toString(site.standIn()));
    fields.put("health", site.health().word());
    fields.put("healthText", words.get("health." + site.health().word()));
    fields.putAll(load(site));
    return fields;
  }

  private static Map<String, String> load(SiteCard site) {
    int capacity = site.capacity();
    return Map.of(
        "inFlight",
        Integer.toString(site.inFlight()),
        "meterMax",
        Integer.toString(Math.max(1, capacity)),
        "load",
        site.inFlight() + " / " + (capacity == 0 ? Figures.UNKNOWN : Figures.count(capacity)),
        "percent",
        Integer.toString(Math.clamp(100L * site.inFlight() / Math.max(1, capacity), 0, 100)),
        "latency",
        site.latencyMs().isPresent() ? Figures.ms(site.latencyMs()) + " ms" : Figures.UNKNOWN,
        "models",
        site.models().isEmpty() ? Figures.UNKNOWN : String.join(", ", site.models()));
  }
}
