package dejima.bench.decision;

import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.Marker;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The requests and sites that every engine decides about.
final class Situations {
  private static final List<RequestFacts> REQUESTS =
      List.of(
          request(Confidentiality.C2, Set.of()),
          request(Confidentiality.C2, Set.of(Marker.PERSONAL)),
          request(Confidentiality.C1, Set.of()),
          request(Confidentiality.C3, Set.of(Marker.MY_NUMBER)));
  private static final List<SiteFacts> SITES =
      List.of(
          site("JP", Control.DOMESTIC, EvidenceLevel.E2),
          site("US", Control.FOREIGN, EvidenceLevel.E1),
          site("JP", Control.FOREIGN, EvidenceLevel.E3),
          site("JP", Control.DOMESTIC, EvidenceLevel.E0));

  /// How many there are.
  static final int COUNT = REQUESTS.size() * SITES.size();

  private Situations() {}

  static RequestFacts request(int situation) {
    return REQUESTS.get(situation / SITES.size());
  }

  static SiteFacts site(int situation) {
    return SITES.get(situation % SITES.size());
  }

  /// The facts that the rules look at, by the names that they use without `request` and
  /// `destination`.
  static Map<String, Object> facts(int situation) {
    RequestFacts request = request(situation);
    SiteFacts site = site(situation);
    Set<Marker> markers = request.dataClass().markers();
    return Map.of(
        "confidentiality", (long) request.dataClass().level().level(),
        "personal", markers.contains(Marker.PERSONAL),
        "financial", markers.contains(Marker.FINANCIAL),
        "my_number", markers.contains(Marker.MY_NUMBER),
        "critical_infrastructure", markers.contains(Marker.CRITICAL_INFRASTRUCTURE),
        "kind", "site",
        "country", site.country().code(),
        "control", site.control().word(),
        "evidence", (long) site.evidence().level());
  }

  private static RequestFacts request(Confidentiality level, Set<Marker> markers) {
    return new RequestFacts(
        new DataClass(level, markers), "tenant", "project", "model", RequestKind.CHAT);
  }

  private static SiteFacts site(String country, Control control, EvidenceLevel evidence) {
    return new SiteFacts("site", "operator", new Country(country), control, evidence, "");
  }
}
