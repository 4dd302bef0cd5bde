package dejima.server.keys;

import dejima.gateway.KeyHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps keys, projects and tenants. Every change is durable when a method returns, and seen by
/// every node that asks afterwards.
public interface KeyStore {
  /// Adds a key, and its tenant and project when they are new.
  ///
  /// @param pseudonym the tenant's pseudonym, should it be new
  /// @param salt the tenant's salt key, should it be new
  void insert(
      String id, KeyHash secret, KeyRequest request, String pseudonym, byte[] salt, Instant now);

  /// Marks a key as withdrawn; the first moment counts. Empty when there is no such key.
  Optional<KeyRow> revoke(String id, Instant now);

  /// Every key, newest first.
  List<KeyRow> all();
}
