package dejima.server.postgres;

import dejima.gateway.Credential;
import dejima.gateway.KeyHash;
import dejima.gateway.Limits;
import dejima.gateway.TenantSalt;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.server.keys.KeyRequest;
import dejima.server.keys.KeyRow;
import dejima.server.keys.KeyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Tenants, projects and keys in PostgreSQL.
public final class PostgresKeyStore implements KeyStore {
  private static final String SELECT =
      """
      SELECT k.*, t.name AS tenant_name, t.salt_key, p.default_class
      FROM api_key k JOIN tenant t ON t.pseudonym = k.tenant
        JOIN project p ON p.tenant = k.tenant AND p.name = k.project
      """;

  private final Jdbi jdbi;

  /// Reads and writes in `database`.
  public PostgresKeyStore(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void insert(
      String id, KeyHash secret, KeyRequest request, String pseudonym, byte[] salt, Instant now) {
    jdbi.useTransaction(handle -> {
      String tenant = tenant(handle, request.tenant(), pseudonym, salt, now);
      project(handle, tenant, request);
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
    });
  }

  private static String tenant(
      Handle handle, String name, String pseudonym, byte[] salt, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO tenant (pseudonym, name, salt_key, created_at)
            VALUES (:pseudonym, :name, :salt, :created) ON CONFLICT (name) DO NOTHING
            """)
        .bind("pseudonym", pseudonym)
        .bind("name", name)
        .bind("salt", salt)
        .bind("created", Timestamp.from(now))
        .execute();
    return handle
        .createQuery("SELECT pseudonym FROM tenant WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .one();
  }

  private static void project(Handle handle, String tenant, KeyRequest request) {
    handle
        .createUpdate(
            """
            INSERT INTO project (tenant, name, default_class) VALUES (:tenant, :name, :class)
            ON CONFLICT (tenant, name) DO UPDATE SET default_class =
              coalesce(excluded.default_class, project.default_class)
            """)
        .bind("tenant", tenant)
        .bind("name", request.project())
        .bind("class", request.defaultClass().map(DataClass::label))
        .execute();
  }

  @Override
  public Optional<KeyRow> revoke(String id, Instant now) {
    return jdbi.inTransaction(handle -> {
      handle
          .createUpdate("UPDATE api_key SET revoked_at = coalesce(revoked_at, :now) WHERE id = :id")
          .bind("now", Timestamp.from(now))
          .bind("id", id)
          .execute();
      return handle
          .createQuery(SELECT + " WHERE k.id = :id")
          .bind("id", id)
          .map((row, _) -> row(row))
          .findOne();
    });
  }

  @Override
  public List<KeyRow> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(SELECT + " ORDER BY k.created_at DESC, k.id")
            .map((row, _) -> row(row))
            .list());
  }

  private static KeyRow row(ResultSet row) throws SQLException {
    Optional<Instant> revoked = instant(row, "revoked_at");
    Credential credential =
        new Credential(
            row.getString("id"),
            KeyHash.stored(row.getBytes("secret_hash")),
            row.getString("tenant"),
            new TenantSalt(row.getBytes("salt_key")),
            row.getString("project"),
            Optional.ofNullable(row.getString("default_class")).map(PostgresKeyStore::dataClass),
            new Limits(
                row.getInt("requests_per_minute"),
                row.getLong("tokens_per_minute"),
                row.getInt("concurrent")),
            instant(row, "expires_at"),
            revoked.isPresent());
    return new KeyRow(
        credential,
        row.getString("tenant_name"),
        row.getTimestamp("created_at").toInstant(),
        revoked);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static DataClass dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass known) -> known;
      case DataClassReading.Unreadable(String reason) ->
          throw new IllegalStateException("the project's data class is unreadable: " + reason);
    };
  }
}
