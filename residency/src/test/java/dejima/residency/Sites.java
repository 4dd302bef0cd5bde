package dejima.residency;

import dejima.residency.Destination.SiteFacts;
import java.util.EnumSet;
import java.util.Set;

/// Requests and the demo's four sites, for tests.
final class Sites {
  static final SiteFacts SAKURA = site("sakura-ishikari", "JP", Control.DOMESTIC);
  static final SiteFacts SOFTBANK = site("softbank-sakai", "JP", Control.DOMESTIC);
  static final SiteFacts AZURE = site("azure-japaneast", "JP", Control.FOREIGN);
  static final SiteFacts US_WEST = site("us-west", "US", Control.FOREIGN);

  private Sites() {}

  static SiteFacts site(String id, String country, Control control) {
    return site(id, country, control, EvidenceLevel.E0, "");
  }

  static SiteFacts site(
      String id, String country, Control control, EvidenceLevel evidence, String sku) {
    return new SiteFacts(id, "operator of " + id, new Country(country), control, evidence, sku);
  }

  static RequestFacts request(DataClass dataClass) {
    return new RequestFacts(dataClass, "tenant", "project", "model", RequestKind.CHAT);
  }

  /// A request that names every ground, to a registered model that calls nobody.
  static RequestFacts grounded(DataClass dataClass) {
    return new RequestFacts(
        dataClass,
        "tenant",
        "project",
        "model",
        RequestKind.CHAT,
        new LegalGrounds("task-1", "permission-1", TransferBasis.CONSENT),
        new ModelFacts(true, "owner", "licence", Country.JAPAN, false, Set.of()));
  }

  /// A site with every certification, a Japanese contract, domestic maintenance, a fresh location
  /// and the registered model.
  static SiteFacts assured(SiteFacts site) {
    return site.assured(new Assurances(EnumSet.allOf(Certification.class), true, true))
        .locatedBefore(3)
        .serving(true);
  }

  static RequestFacts request(Confidentiality level, Marker... markers) {
    return request(new DataClass(level, Set.of(markers)));
  }
}
