package dejima.gateway;

import dejima.residency.Destination.SiteFacts;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Every site that the configuration names, in its order, and what is on record of them.
public final class SiteTable {
  private final List<SiteState> sites;
  private volatile FactSheet sheet;

  /// Refuses two sites of one name. What is on record of them is what is configured.
  public SiteTable(List<SiteState> sites) {
    this.sites = List.copyOf(sites);
    if (sites.stream().map(SiteState::id).distinct().count() < sites.size()) {
      throw new IllegalArgumentException("two sites have the same id");
    }
    this.sheet = new FactSheet(sites.stream().map(SiteState::configured).toList());
  }

  /// The sites.
  public List<SiteState> sites() {
    return sites;
  }

  /// What is on record of them now.
  public FactSheet sheet() {
    return sheet;
  }

  /// Puts other facts of one site on record.
  ///
  /// @param keep makes a sheet findable by its hash before any decision names it
  public synchronized void record(SiteFacts changed, Consumer<FactSheet> keep) {
    FactSheet next = sheet.with(changed);
    keep.accept(next);
    sheet = next;
    // So that lists show the new facts before the next decision does.
    sites.stream()
        .filter(site -> site.id().equals(changed.id()))
        .forEach(site -> site.facts(changed, false));
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
