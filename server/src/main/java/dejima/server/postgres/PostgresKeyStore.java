package dejima.server.postgres;

import dejima.gateway.KeyHash;
import dejima.gateway.TenantSalt;
import dejima.residency.DataClass;
import dejima.server.keys.KeyRequest;
import dejima.server.keys.KeyRow;
import dejima.server.keys.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tenants, projects and keys in PostgreSQL.
public final class PostgresKeyStore implements KeyStore {
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
      String tenant = Tenants.named(handle, request.tenant(), pseudonym, salt, now);
      Optional<DataClass> floor = Projects.raise(handle, tenant, request);
      if (floor.isPresent()) {
        handle.rollback();
        return new Insertion.LowersClass(floor.get());
      }
      ApiKeys.insert(handle, id, secret, tenant, request, now);
      return new Insertion.Done(tenant);
    });
  }

  @Override
  public Optional<KeyRow> revoke(String id, Instant now) {
    return jdbi.inTransaction(handle -> {
      ApiKeys.revoke(handle, id, now);
      return ApiKeys.find(handle, id, SaltPeriods.all(handle));
    });
  }

  @Override
  public Optional<Forgotten> forget(String tenant, Instant now) {
    Optional<Forgotten> forgotten =
        jdbi.inTransaction(handle ->
            Tenants.pseudonym(handle, tenant).map(known -> Tenants.forget(handle, known, now)));
    forgotten.ifPresent(_ -> rewrite());
    return forgotten;
  }

  @Override
  public Optional<Rotated> rotate(String tenant, byte[] salt, Instant from) {
    return jdbi.inTransaction(handle ->
        Tenants.pseudonym(handle, tenant)
            .filter(known -> SaltPeriods.begin(handle, known, salt, from))
            .map(Rotated::new));
  }

  @Override
  public Optional<Destroyed> destroy(String tenant, Instant before, Instant now) {
    Optional<Destroyed> destroyed =
        jdbi.inTransaction(handle ->
            Tenants.pseudonym(handle, tenant)
                .map(known -> SaltPeriods.destroy(handle, known, before, now)));
    destroyed.filter(Destroyed::something).ifPresent(_ -> rewrite());
    return destroyed;
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
      if (!Tenants.add(handle, tenancy.pseudonym(), tenancy.name(), now)) {
        return new Adoption.Taken();
      }
      SaltPeriods.adopt(handle, tenancy.pseudonym(), salts, now);
      tenancy
          .projects()
          .forEach((name, floor) -> Projects.add(handle, tenancy.pseudonym(), name, floor));
      last.run();
      return new Adoption.Done();
    });
  }

  @Override
  public List<TenantSalt.Period> saltPeriods(String pseudonym) {
    return jdbi.withHandle(handle -> SaltPeriods.of(handle, pseudonym));
  }

  @Override
  public boolean knows(String pseudonym) {
    return jdbi.withHandle(handle -> Tenants.knows(handle, pseudonym));
  }

  @Override
  public Optional<byte[]> kept(String pseudonym, String receipt) {
    return jdbi.withHandle(handle -> SaltPeriods.kept(handle, pseudonym, receipt));
  }

  /// An update leaves the old row in the table's file, and its page in the write-ahead log; this
  /// writes the files anew without it, and ends the log's segment, so that the checkpoint deletes
  /// it.
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
    try {
      jdbi.useHandle(handle -> {
        handle.execute("SELECT pg_switch_wal()");
        handle.execute("CHECKPOINT");
      });
    } catch (JdbiException refused) {
      LOG.warn(
          "what was destroyed may be in the database's write-ahead log still; run 'SELECT"
              + " pg_switch_wal(); CHECKPOINT' as a superuser, and destroy the log's archives",
          refused);
    }
  }

  @Override
  public List<KeyRow> all() {
    return jdbi.withHandle(handle -> {
      // One snapshot of both, or a new tenant's first key might seem to have no salt.
      handle.begin();
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      Map<String, TenantSalt> salts = SaltPeriods.all(handle);
      List<KeyRow> rows = ApiKeys.all(handle, salts);
      handle.commit();
      return rows;
    });
  }
}
