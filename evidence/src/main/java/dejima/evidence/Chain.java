package dejima.evidence;

import java.util.HashMap;
import java.util.Map;

/// The head of every tenant's chain of bodies, and the changes to it that are not durable yet. Not
/// for several threads.
final class Chain {
  /// The last body of a tenant.
  ///
  /// @param sequence its number
  /// @param hash its SHA-256, base64
  record Head(long sequence, String hash) {
    static final Head NONE = new Head(0, "");
  }

  private final Map<String, Head> durable;
  private final Map<String, Head> tentative = new HashMap<>();

  Chain(Map<String, Head> durable) {
    this.durable = new HashMap<>(durable);
  }

  /// The head upon which the tenant's next entry follows.
  Head head(String tenant) {
    var head = tentative.get(tenant);
    return head != null ? head : durable.getOrDefault(tenant, Head.NONE);
  }

  void advance(String tenant, Head head) {
    tentative.put(tenant, head);
  }

  void commit() {
    durable.putAll(tentative);
    tentative.clear();
  }

  void rollBack() {
    tentative.clear();
  }

  Map<String, Head> snapshot() {
    return Map.copyOf(durable);
  }
}
