package dejima.server.export;

import dejima.server.keys.KeptElsewhere;
import java.time.Instant;

/// Imported receipts and exports, as far as tenants are forgotten in them.
///
/// @param imported receipts of other installations
/// @param exports archives that were made here
public record TenantFolders(ImportedReceipts imported, ExportDesk exports)
    implements KeptElsewhere {
  @Override
  public void forget(String pseudonym) {
    imported.forget(pseudonym);
    exports.forget(pseudonym);
  }

  @Override
  public int forgetBefore(String pseudonym, Instant before) {
    exports.forget(pseudonym);
    return imported.forgetBefore(pseudonym, before);
  }

  @Override
  public boolean forgetOne(String pseudonym, String receipt) {
    if (!pseudonym.isEmpty()) {
      exports.forget(pseudonym);
    }
    return imported.forgetOne(receipt);
  }
}
