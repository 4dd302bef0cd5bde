package dejima.gateway;

import java.util.Comparator;
import java.util.List;

/// Every site that the configuration names, in its order.
///
/// @param sites the sites
public record SiteTable(List<SiteState> sites) {
  /// Copies the list and refuses two sites of one name.
  public SiteTable {
    sites = List.copyOf(sites);
    if (sites.stream().map(site -> site.facts().id()).distinct().count() < sites.size()) {
      throw new IllegalArgumentException("two sites have the same id");
    }
  }

  /// The sites that say they serve a model, whether or not they answer now.
  public List<SiteState> serving(String model) {
    return sites.stream()
        .filter(site -> site.report().flatMap(report -> report.model(model)).isPresent())
        .toList();
  }

  /// Puts those that are up before those that are not, and among them the least burdened first.
  static List<SiteState> byPreference(List<SiteState> permitted) {
    return permitted.stream()
        .sorted(
            Comparator.comparing((SiteState site) -> site.health() != SiteState.Health.UP)
                .thenComparingDouble(SiteState::burden))
        .toList();
  }
}
