package dejima.server.keys;

import dejima.gateway.KeyHash;
import dejima.gateway.TenantSalt;
import dejima.residency.DataClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Keeps keys, projects and tenants. Every change is durable when a method returns, and seen by
/// every node that asks afterwards.
public interface KeyStore {
  /// What came of adding a key.
  sealed interface Insertion {
    /// It is there.
    ///
    /// @param pseudonym its tenant's, as evidence carries it
    record Done(String pseudonym) implements Insertion {}

    /// Nothing was changed, because the project's data class would have fallen.
    ///
    /// @param floor the class that the project has
    record LowersClass(DataClass floor) implements Insertion {}
  }

  /// A tenant that was forgotten.
  ///
  /// @param pseudonym what evidence calls it, now and ever
  /// @param keysRevoked how many of its keys were still valid
  /// @param since when it was forgotten
  record Forgotten(String pseudonym, int keysRevoked, Instant since) {}

  /// Adds a key, and its tenant and project when they are new. A project's data class only rises.
  ///
  /// @param pseudonym the tenant's pseudonym, should it be new
  /// @param salt the tenant's salt key, should it be new
  Insertion insert(
      String id, KeyHash secret, KeyRequest request, String pseudonym, byte[] salt, Instant now);

  /// Marks a key as withdrawn; the first moment counts. Empty when there is no such key.
  Optional<KeyRow> revoke(String id, Instant now);

  /// Destroys a tenant's salt key and name, withdraws its keys, and keeps the pseudonym; the first
  /// moment counts. Empty when there is no such tenant.
  ///
  /// @param tenant its name, or its pseudonym
  Optional<Forgotten> forget(String tenant, Instant now);

  /// A tenant's salts from now on come from another key.
  ///
  /// @param pseudonym what evidence calls it
  record Rotated(String pseudonym) {}

  /// Salt keys that were destroyed.
  ///
  /// @param pseudonym what evidence calls their tenant
  /// @param periods how many
  /// @param kept how many salts were destroyed besides, which receipts had kept one by one
  record Destroyed(String pseudonym, int periods, int kept) {
    /// Whether anything was there to be destroyed.
    public boolean something() {
      return periods > 0 || kept > 0;
    }
  }

  /// Begins a period with a salt key of its own. Empty when there is no such tenant, or it was
  /// forgotten.
  ///
  /// @param tenant its name, or its pseudonym
  /// @param from later than the begin of every other period
  Optional<Rotated> rotate(String tenant, byte[] salt, Instant from);

  /// Destroys the salt keys, and the kept salts, of all periods that ended at or before a moment.
  /// Empty when there is no such tenant.
  ///
  /// @param tenant its name, or its pseudonym
  Optional<Destroyed> destroy(String tenant, Instant before, Instant now);

  /// Destroys the salt of one receipt of a period that has ended.
  ///
  /// @param pseudonym its tenant's
  /// @param kept the salts of the period's other receipts by their ids, which they keep although
  ///   the period's key is destroyed
  void destroyOne(String pseudonym, String receipt, Map<String, byte[]> kept, Instant now);

  /// The salt that a receipt kept when its period's key was destroyed.
  Optional<byte[]> kept(String pseudonym, String receipt);

  /// A tenant with its projects, as another installation hands it over.
  ///
  /// @param name its name here
  /// @param pseudonym what evidence calls it
  /// @param projects the class of each by its name, empty where none is set
  record Tenancy(String name, String pseudonym, SortedMap<String, Optional<DataClass>> projects) {}

  /// What came of taking a tenant over.
  sealed interface Adoption {
    /// It is here.
    record Done() implements Adoption {}

    /// Nothing was changed, because its name or its pseudonym is here already.
    record Taken() implements Adoption {}
  }

  /// Takes a tenant over, without any key: all of it, or nothing.
  ///
  /// @param salts its salt keys
  /// @param last runs when everything else is done; if it throws, nothing was changed
  Adoption adopt(Tenancy tenancy, List<TenantSalt.Period> salts, Instant now, Runnable last);

  /// A tenant's salt keys, those that were destroyed as periods without a key.
  List<TenantSalt.Period> saltPeriods(String pseudonym);

  /// Whether there is a tenant of that pseudonym, forgotten or not.
  boolean knows(String pseudonym);

  /// Every key, newest first.
  List<KeyRow> all();
}
