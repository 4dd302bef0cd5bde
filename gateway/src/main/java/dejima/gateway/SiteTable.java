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
        .map(site -> new Standing(site, site.health() == SiteState.Health.UP, site.burden()))
        .sorted(Comparator.comparing(Standing::down).thenComparingDouble(Standing::burden))
        .map(Standing::site)
        .toList();
  }

  /// A site as it stood when the order was asked for; the site itself changes meanwhile.
  private record Standing(SiteState site, boolean up, double burden) {
    boolean down() {
      return !up;
    }
  }
}
