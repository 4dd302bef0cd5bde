package dejima.server.config;

import dejima.evidence.Json;
import dejima.server.config.ServerConfig.SiteConfig;
import java.util.List;
import java.util.Optional;

/// Whether an evidence entry has room for a decision about every site. An entry holds at most 8
/// KiB, and a request that does not fit into one is not sent, so that a configuration with too many
/// sites would refuse every request for a model that all of them serve.
final class EntryRoom {
  /// What is left of an entry beside commitments, policy, attempts and a site's signature.
  static final int BYTES = 5_120;

  /// The names and signs of one decision, and two rules of ordinary length.
  private static final int EACH = 200;

  private EntryRoom() {}

  /// What is wrong with so many sites, if they are too many.
  static Optional<String> lacking(List<SiteConfig> sites) {
    int needed = sites.stream().mapToInt(EntryRoom::bytes).sum();
    return needed <= BYTES
        ? Optional.empty()
        : Optional.of(
            "sites: "
                + sites.size()
                + " sites need about "
                + needed
                + " bytes of each evidence entry, which has room for "
                + BYTES
                + "; shorten their ids and operators, or put some of them behind another gateway");
  }

  private static int bytes(SiteConfig site) {
    return EACH
        + written(site.facts().id())
        + written(site.facts().operator())
        + written(site.facts().sku());
  }

  private static int written(String text) {
    return Json.of(text).canonicalBytes().length - 2;
  }
}
