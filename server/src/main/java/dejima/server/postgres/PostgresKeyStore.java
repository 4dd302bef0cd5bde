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
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tenants, projects and keys in PostgreSQL.
public final class PostgresKeyStore implements KeyStore {
  private static final String SELECT =
      """
      SELECT k.*, t.name AS tenant_name, p.default_class
      FROM api_key k JOIN tenant t ON t.pseudonym = k.tenant
        JOIN project p ON p.tenant = k.tenant AND p.name = k.project
      """;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresKeyStore.class);

  private final Jdbi jdbi;

  /// Reads and writes in `database`.
  public PostgresKeyStore(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Insertion insert(
      String id, KeyHash secret, KeyRequest request, String pseudonym, byte[] salt, Instant now) {
    return jdbi.inTransaction(handle -> {
      String tenant = tenant(handle, request.tenant(), pseudonym, salt, now);
      Optional<DataClass> floor = project(handle, tenant, request);
      if (floor.isPresent()) {
        handle.rollback();
        return new Insertion.LowersClass(floor.get());
      }
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
      return new Insertion.Done(tenant);
    });
  }

  private static String tenant(
      Handle handle, String name, String pseudonym, byte[] salt, Instant now) {
    int added =
        handle
            .createUpdate(
                """
                INSERT INTO tenant (pseudonym, name, created_at)
                VALUES (:pseudonym, :name, :created) ON CONFLICT (name) DO NOTHING
                """)
            .bind("pseudonym", pseudonym)
            .bind("name", name)
            .bind("created", Timestamp.from(now))
            .execute();
    if (added == 1) {
      SaltPeriods.begin(handle, pseudonym, salt, Instant.EPOCH);
    }
    return handle
        .createQuery("SELECT pseudonym FROM tenant WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .one();
  }

  /// Makes the project, or raises its class; gives the class that it has if the request would lower
  /// it. The row stays locked until the transaction ends, so that two requests cannot undo each
  /// other's class.
  private static Optional<DataClass> project(Handle handle, String tenant, KeyRequest request) {
    handle
        .createUpdate(
            "INSERT INTO project (tenant, name) VALUES (:tenant, :name) ON CONFLICT DO NOTHING")
        .bind("tenant", tenant)
        .bind("name", request.project())
        .execute();
    if (request.defaultClass().isEmpty()) {
      return Optional.empty();
    }
    DataClass wanted = request.defaultClass().get();
    Optional<DataClass> floor =
        handle
            .createQuery(
                "SELECT default_class FROM project WHERE tenant = :tenant AND name = :name FOR UPDATE")
            .bind("tenant", tenant)
            .bind("name", request.project())
            .map((row, _) -> Optional.ofNullable(row.getString(1)).map(PostgresKeyStore::dataClass))
            .one();
    if (floor.filter(has -> !has.join(wanted).equals(wanted)).isPresent()) {
      return floor;
    }
    handle
        .createUpdate(
            "UPDATE project SET default_class = :class WHERE tenant = :tenant AND name = :name")
        .bind("tenant", tenant)
        .bind("name", request.project())
        .bind("class", wanted.label())
        .execute();
    return Optional.empty();
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
          .map((row, _) -> row(row, SaltPeriods.all(handle)))
          .findOne();
    });
  }

  @Override
  public Optional<Forgotten> forget(String tenant, Instant now) {
    Optional<Forgotten> forgotten =
        jdbi.inTransaction(
            handle -> pseudonym(handle, tenant).map(pseudonym -> forget(handle, pseudonym, now)));
    forgotten.ifPresent(_ -> rewrite());
    return forgotten;
  }

  @Override
  public Optional<Rotated> rotate(String tenant, byte[] salt, Instant from) {
    return jdbi.inTransaction(handle ->
        pseudonym(handle, tenant)
            .filter(known -> SaltPeriods.begin(handle, known, salt, from))
            .map(Rotated::new));
  }

  @Override
  public Optional<Destroyed> destroy(String tenant, Instant before, Instant now) {
    Optional<Destroyed> destroyed =
        jdbi.inTransaction(handle ->
            pseudonym(handle, tenant)
                .map(known -> SaltPeriods.destroy(handle, known, before, now)));
    destroyed.filter(Destroyed::something).ifPresent(_ -> rewrite());
    return destroyed;
  }

  private static Optional<String> pseudonym(Handle handle, String tenant) {
    return handle
        .createQuery(
            """
            SELECT pseudonym FROM tenant WHERE name = :tenant OR pseudonym = :tenant
            ORDER BY name = :tenant DESC NULLS LAST LIMIT 1 FOR UPDATE
            """)
        .bind("tenant", tenant)
        .mapTo(String.class)
        .findOne();
  }

  private static Forgotten forget(Handle handle, String pseudonym, Instant now) {
    int revoked =
        handle
            .createUpdate(
                "UPDATE api_key SET revoked_at = :now WHERE tenant = :tenant AND revoked_at IS NULL")
            .bind("now", Timestamp.from(now))
            .bind("tenant", pseudonym)
            .execute();
    SaltPeriods.destroyAll(handle, pseudonym, now);
    Instant since =
        handle
            .createQuery(
                """
                UPDATE tenant SET name = NULL, forgotten_at = coalesce(forgotten_at, :now)
                WHERE pseudonym = :tenant RETURNING forgotten_at
                """)
            .bind("now", Timestamp.from(now))
            .bind("tenant", pseudonym)
            .mapTo(Instant.class)
            .one();
    return new Forgotten(pseudonym, revoked, since);
  }

  @Override
  public void destroyOne(String pseudonym, String receipt, Map<String, byte[]> kept, Instant now) {
    jdbi.useTransaction(handle -> SaltPeriods.destroyOne(handle, pseudonym, receipt, kept, now));
    rewrite();
  }

  @Override
  public Adoption adopt(
      Tenancy tenancy, List<TenantSalt.Period> salts, Instant now, Runnable last) {
    return jdbi.inTransaction(handle -> {
      int added =
          handle
              .createUpdate(
                  """
                  INSERT INTO tenant (pseudonym, name, created_at)
                  VALUES (:pseudonym, :name, :created) ON CONFLICT DO NOTHING
                  """)
              .bind("pseudonym", tenancy.pseudonym())
              .bind("name", tenancy.name())
              .bind("created", Timestamp.from(now))
              .execute();
      if (added == 0) {
        return new Adoption.Taken();
      }
      SaltPeriods.adopt(handle, tenancy.pseudonym(), salts, now);
      tenancy.projects().forEach((name, floor) -> adopt(handle, tenancy.pseudonym(), name, floor));
      last.run();
      return new Adoption.Done();
    });
  }

  private static void adopt(
      Handle handle, String tenant, String project, Optional<DataClass> floor) {
    handle
        .createUpdate(
            "INSERT INTO project (tenant, name, default_class) VALUES (:tenant, :name, :class)")
        .bind("tenant", tenant)
        .bind("name", project)
        .bind("class", floor.map(DataClass::label))
        .execute();
  }

  @Override
  public List<TenantSalt.Period> saltPeriods(String pseudonym) {
    return jdbi.withHandle(handle -> SaltPeriods.of(handle, pseudonym));
  }

  @Override
  public boolean knows(String pseudonym) {
    return jdbi.withHandle(handle ->
        handle
                .createQuery("SELECT count(*) FROM tenant WHERE pseudonym = :pseudonym")
                .bind("pseudonym", pseudonym)
                .mapTo(Integer.class)
                .one()
            > 0);
  }

  @Override
  public Optional<byte[]> kept(String pseudonym, String receipt) {
    return jdbi.withHandle(handle -> SaltPeriods.kept(handle, pseudonym, receipt));
  }

  /// An update leaves the old row in the table's file; this writes the files anew without it.
  private void rewrite() {
    for (String table : List.of("tenant", "salt_period", "kept_salt")) {
      try {
        jdbi.useHandle(handle -> handle.execute("VACUUM (FULL) " + table));
      } catch (JdbiException refused) {
        // What was destroyed is destroyed all the same, and that must still be recorded.
        LOG.warn(
            "a row that was destroyed is still in the database's file; run 'VACUUM (FULL) {}' as"
                + " the table's owner",
            table,
            refused);
      }
    }
  }

  @Override
  public List<KeyRow> all() {
    return jdbi.withHandle(handle -> {
      // One snapshot of both, or a new tenant's first key might seem to have no salt.
      handle.begin();
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      Map<String, TenantSalt> salts = SaltPeriods.all(handle);
      List<KeyRow> rows =
          handle
              .createQuery(SELECT + " ORDER BY k.created_at DESC, k.id")
              .map((row, _) -> row(row, salts))
              .list();
      handle.commit();
      return rows;
    });
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
            Optional.ofNullable(row.getString("default_class")).map(PostgresKeyStore::dataClass),
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

  private static DataClass dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass known) -> known;
      case DataClassReading.Unreadable(String reason) ->
          throw new IllegalStateException("the project's data class is unreadable: " + reason);
    };
  }
}
