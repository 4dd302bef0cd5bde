package dejima.server.keys;

import java.time.Instant;

/// What this machine keeps of a tenant beside the store and that holds salts: receipts that were
/// imported, and exports that were made. Whoever destroys salts destroys these too.
public interface KeptElsewhere {
  /// Deletes everything of a tenant.
  ///
  /// @param pseudonym the tenant's
  void forget(String pseudonym);

  /// Deletes every export of a tenant, and its imported receipts of requests before a moment.
  ///
  /// @param pseudonym the tenant's
  /// @return how many receipts there were
  int forgetBefore(String pseudonym, Instant before);

  /// Deletes one imported receipt, and every export that may hold it.
  ///
  /// @param pseudonym its tenant's, empty if only the imported receipt can tell
  /// @return whether there was an imported receipt of that id
  boolean forgetOne(String pseudonym, String receipt);
}
