package dejima.server.postgres;

import dejima.gateway.Credential;
import dejima.gateway.KeyHash;
import dejima.gateway.Limits;
import dejima.gateway.TenantSalt;
import dejima.server.keys.KeyRequest;
import dejima.server.keys.KeyRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table of API keys, of which only hashes are kept.
final class ApiKeys {
  private static final String SELECT =
      """
      SELECT k.*, t.name AS tenant_name, p.default_class
      FROM api_key k JOIN tenant t ON t.pseudonym = k.tenant
        JOIN project p ON p.tenant = k.tenant AND p.name = k.project
      """;

  private ApiKeys() {}

  /// Adds a key.
  static void insert(
      Handle handle, String id, KeyHash secret, String tenant, KeyRequest request, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO api_key (id, secret_hash, tenant, project, requests_per_minute,
              tokens_per_minute, concurrent, created_at, expires_at)
            VALUES (:id, :hash, :tenant, :project, :requests, :tokens, :concurrent,
              :created, :expires)
            """)
        .bind("id", id)
        .bind("hash", secret.bytes())
        .bind("tenant", tenant)
        .bind("project", request.project())
        .bind("requests", request.limits().requestsPerMinute())
        .bind("tokens", request.limits().tokensPerMinute())
        .bind("concurrent", request.limits().concurrent())
        .bind("created", Timestamp.from(now))
        .bind("expires", request.expires().map(Timestamp::from))
        .execute();
  }

  /// Revokes a key; one that is revoked keeps its time.
  static void revoke(Handle handle, String id, Instant now) {
    handle
        .createUpdate("UPDATE api_key SET revoked_at = coalesce(revoked_at, :now) WHERE id = :id")
        .bind("now", Timestamp.from(now))
        .bind("id", id)
        .execute();
  }

  /// Revokes what a tenant has.
  ///
  /// @return how many keys that were
  static int revokeAll(Handle handle, String tenant, Instant now) {
    return handle
        .createUpdate(
            "UPDATE api_key SET revoked_at = :now WHERE tenant = :tenant AND revoked_at IS NULL")
        .bind("now", Timestamp.from(now))
        .bind("tenant", tenant)
        .execute();
  }

  /// The key of that id.
  static Optional<KeyRow> find(Handle handle, String id, Map<String, TenantSalt> salts) {
    return handle
        .createQuery(SELECT + " WHERE k.id = :id")
        .bind("id", id)
        .map((row, _) -> row(row, salts))
        .findOne();
  }

  /// Every key, the newest first.
  static List<KeyRow> all(Handle handle, Map<String, TenantSalt> salts) {
    return handle
        .createQuery(SELECT + " ORDER BY k.created_at DESC, k.id")
        .map((row, _) -> row(row, salts))
        .list();
  }

  private static KeyRow row(ResultSet row, Map<String, TenantSalt> salts) throws SQLException {
    Optional<Instant> revoked = instant(row, "revoked_at");
    Credential credential =
        new Credential(
            row.getString("id"),
            KeyHash.stored(row.getBytes("secret_hash")),
            row.getString("tenant"),
            salts.getOrDefault(row.getString("tenant"), TenantSalt.destroyed()),
            row.getString("project"),
            Projects.floor(row),
            new Limits(
                row.getInt("requests_per_minute"),
                row.getLong("tokens_per_minute"),
                row.getInt("concurrent")),
            instant(row, "expires_at"),
            revoked.isPresent());
    return new KeyRow(
        credential,
        Optional.ofNullable(row.getString("tenant_name")).orElse(""),
        row.getTimestamp("created_at").toInstant(),
        revoked);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
