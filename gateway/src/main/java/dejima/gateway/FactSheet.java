package dejima.gateway;

import dejima.evidence.Json;
import dejima.residency.Certification;
import dejima.residency.Destination.SiteFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is on record of every site: the facts that seldom change. Entries name it by its hash, and
/// receipts carry it along.
///
/// What changes from minute to minute, the evidence level and the age of its proof, stands in the
/// entries themselves.
public final class FactSheet {
  private final List<SiteFacts> sites;
  private final Map<String, SiteFacts> byId;
  private final Json json;
  private final String hash;

  /// @param sites one of each id
  public FactSheet(List<SiteFacts> sites) {
    this.sites = List.copyOf(sites);
    this.byId = sites.stream().collect(Collectors.toMap(SiteFacts::id, Function.identity()));
    this.json = Json.array(sites.stream().map(site -> json(site).build()).toList());
    this.hash = json.canonicalHash();
  }

  /// The facts on record of a site, if it is on the sheet.
  public Optional<SiteFacts> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The same sheet with other facts of one site.
  ///
  /// @throws IllegalArgumentException if the site is not on the sheet
  public FactSheet with(SiteFacts changed) {
    if (!byId.containsKey(changed.id())) {
      throw new IllegalArgumentException("no such site: " + changed.id());
    }
    return new FactSheet(
        sites.stream().map(site -> site.id().equals(changed.id()) ? changed : site).toList());
  }

  /// The sheet as receipts carry it: an array of one object for each site.
  public Json json() {
    return json;
  }

  /// The base64 SHA-256 of the canonical form of [#json].
  public String hash() {
    return hash;
  }

  /// A site's facts as they stand on the sheet.
  static Json.Members json(SiteFacts site) {
    return Json.object()
        .put("site", site.id())
        .put("operator", site.operator())
        .put("country", site.country().code())
        .put("declaredCountry", site.declaredCountry().code())
        .put("control", site.control().word())
        .put("sku", site.sku())
        .put(
            "certifications",
            Json.strings(
                site.assurances().certifications().stream().map(Certification::word).toList()))
        .put("japaneseLaw", site.assurances().japaneseLaw())
        .put("domesticMaintenance", site.assurances().domesticMaintenance());
  }
}
