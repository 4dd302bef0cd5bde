package dejima.server.config;

import dejima.evidence.Json;
import dejima.server.config.ServerConfig.SiteConfig;
import java.util.List;
import java.util.Optional;

/// Whether an evidence entry has room for a decision about every site. An entry holds at most 8
/// KiB, and a request that does not fit into one is not sent, so that a configuration with too many
/// sites would refuse every request for a model that all of them serve.
final class EntryRoom {
  /// What an entry has for the names of sites, beside commitments, policy, attempts, a site's
  /// signature, the ids of rules, and a dozen groups of sites that are decided alike.
  static final int BYTES = 2_220;

  private EntryRoom() {}

  /// What is wrong with so many sites, if they are too many.
  static Optional<String> lacking(List<SiteConfig> sites) {
    int needed =
        sites.stream()
            .mapToInt(site -> Json.of(site.facts().id()).canonicalBytes().length + 1)
            .sum();
    return needed <= BYTES
        ? Optional.empty()
        : Optional.of(
            "the ids of "
                + sites.size()
                + " sites need "
                + needed
                + " bytes of each evidence entry, which has room for "
                + BYTES
                + "; shorten the ids, or put some of the sites behind another gateway");
  }
}
