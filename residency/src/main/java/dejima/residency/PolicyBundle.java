package dejima.residency;

import dejima.residency.BundleReading.Rejected;
import dejima.residency.Destination.SiteFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A policy that was read, checked and compiled, with the exact files that it came from.
///
/// Deciding is pure, takes well under a microsecond and never throws: the same facts under the same
/// [#hash] give the same decision for ever, on which the replay of receipts relies.
public final class PolicyBundle {

  private PolicyBundle() {}

  /// Reads the bundle in a directory.
  public static BundleReading load(Path directory) {
    return new Rejected(List.of(new Problem(directory.toString(), 1, 1, "not read yet")));
  }

  /// Reads a bundle from its files: paths inside the bundle with `/`, and texts.
  public static BundleReading of(Map<String, String> files) {
    return new Rejected(List.of(new Problem("bundle.properties", 1, 1, "not read yet")));
  }

  /// The Japanese baseline that ships with the product.
  public static PolicyBundle baseline() {
    return new PolicyBundle();
  }

  /// The demo's policy: as the baseline, but declared sites are believed up to 機密性2.
  public static PolicyBundle demo() {
    return new PolicyBundle();
  }

  /// What holds when no policy is loaded: every decision denies by `no-policy`.
  public static PolicyBundle none() {
    return new PolicyBundle();
  }

  /// Whether and why the request may go there.
  public Decision decide(RequestFacts request, Destination destination) {
    return ImplicitRules.NO_POLICY;
  }

  /// One decision for each site, in the order given.
  public List<SiteDecision> decideAll(RequestFacts request, List<SiteFacts> sites) {
    return sites.stream().map(site -> new SiteDecision(site, decide(request, site))).toList();
  }

  /// The bundle's name, as in `japan-baseline`.
  public String id() {
    return "none";
  }

  /// The bundle's version, as its authors wrote it.
  public String version() {
    return "0";
  }

  /// The bundle's title.
  public LocalText title() {
    return new LocalText("ポリシーなし", "no policy");
  }

  /// What must be told to everybody who relies on this bundle.
  public Optional<LocalText> notice() {
    return Optional.empty();
  }

  /// Lower-case hex SHA-256 over all files but those under `signatures/`, sorted by path: for each
  /// its path, NUL, the decimal count of its bytes, NUL, its bytes.
  public String hash() {
    return "";
  }

  /// The same hash over the files under `theorems/` alone; of nothing when there are none.
  public String theoremsHash() {
    return "";
  }

  /// The files that [#hash] covers, by path; [#of] reads them back.
  public Map<String, String> files() {
    return Map.of();
  }

  /// The rules in the order of their ids.
  public List<Rule> rules() {
    return List.of();
  }
}
