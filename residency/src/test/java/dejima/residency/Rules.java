package dejima.residency;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.Sink;
import dejima.residency.Destination.SinkKind;
import dejima.residency.Destination.SiteFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Every combination of facts that the shipped rules look at.
final class Rules {
  private Rules() {}

  static List<DataClass> allClasses() {
    List<DataClass> all = new ArrayList<>();
    for (Confidentiality level : Confidentiality.values()) {
      all.add(new DataClass(level, Set.of()));
    }
    for (Marker marker : Marker.values()) {
      DataClass marked = new DataClass(Confidentiality.C1, Set.of(marker));
      all.addAll(all.stream().map(marked::join).toList());
    }
    return all;
  }

  static List<Destination> allDestinations() {
    List<Destination> all = new ArrayList<>();
    for (String country : List.of("JP", "US", "ZZ")) {
      for (Control control : Control.values()) {
        for (EvidenceLevel evidence : EvidenceLevel.values()) {
          for (String sku : List.of("", "Standard", "GlobalStandard", "DataZoneProvisioned")) {
            SiteFacts site = Sites.site("s", country, control, evidence, sku);
            all.add(site);
            all.add(Sites.assured(site));
          }
        }
      }
    }
    all.add(new MediaHost("data", ""));
    all.add(new MediaHost("https", "example.jp"));
    for (SinkKind kind : SinkKind.values()) {
      all.add(new Sink(kind, "", Country.UNKNOWN, Control.UNKNOWN));
      all.add(new Sink(kind, "otel.example.jp", Country.JAPAN, Control.DOMESTIC));
      all.add(new Sink(kind, "otel.example.jp", Country.JAPAN, Control.FOREIGN));
      all.add(new Sink(kind, "otel.example.com", new Country("US"), Control.FOREIGN));
    }
    return all;
  }

  /// Each rule decides somewhere, and somewhere its effect does not come from it.
  static void assertEachHitsAndMisses(PolicyBundle bundle) {
    Set<String> hit = new HashSet<>();
    Set<String> missed = new HashSet<>();
    List<String> ids = bundle.rules().stream().map(Rule::id).toList();
    for (DataClass dataClass : allClasses()) {
      for (Destination destination : allDestinations()) {
        for (RequestFacts request : List.of(Sites.request(dataClass), Sites.grounded(dataClass))) {
          List<String> deciding = bundle.decide(request, destination).ruleIds();
          hit.addAll(deciding);
          ids.stream().filter(id -> !deciding.contains(id)).forEach(missed::add);
        }
      }
    }
    assertThat(hit).containsAll(ids);
    assertThat(missed).containsAll(ids);
  }
}
