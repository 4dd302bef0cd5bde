package dejima.server.postgres;

import dejima.evidence.RequestIds;
import dejima.gateway.TenantSalt;
import dejima.server.keys.KeyStore.Destroyed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The table of salt keys by tenant and period.
final class SaltPeriods {
  private SaltPeriods() {}

  /// Begins a period; not for a tenant that was forgotten.
  static boolean begin(Handle handle, String tenant, byte[] key, Instant from) {
    return handle
            .createUpdate(
                """
                INSERT INTO salt_period (tenant, since, salt_key)
                SELECT pseudonym, :since, :key FROM tenant
                WHERE pseudonym = :tenant AND forgotten_at IS NULL
                """)
            .bind("tenant", tenant)
            .bind("since", Timestamp.from(from))
            .bind("key", key)
            .execute()
        == 1;
  }

  /// Takes over the periods of a tenant that has none.
  static void adopt(Handle handle, String tenant, List<TenantSalt.Period> periods, Instant now) {
    for (TenantSalt.Period period : periods) {
      handle
          .createUpdate(
              """
              INSERT INTO salt_period (tenant, since, salt_key, destroyed_at)
              VALUES (:tenant, :since, :key, :destroyed)
              """)
          .bind("tenant", tenant)
          .bind("since", new Timestamp(period.fromMillis()))
          .bind("key", period.key().map(SecretKeySpec::getEncoded))
          .bind(
              "destroyed",
              period.key().isPresent() ? Optional.empty() : Optional.of(Timestamp.from(now)))
          .execute();
    }
  }

  /// The periods of a tenant.
  static List<TenantSalt.Period> of(Handle handle, String tenant) {
    return handle
        .createQuery(
            "SELECT since, salt_key FROM salt_period WHERE tenant = :tenant ORDER BY since")
        .bind("tenant", tenant)
        .map((row, _) -> period(row))
        .list();
  }

  /// Destroys the keys and the kept salts of all periods that ended at or before a moment.
  static Destroyed destroy(Handle handle, String tenant, Instant before, Instant now) {
    int kept = destroyKept(handle, tenant, before);
    int periods =
        handle
            .createUpdate(
                """
                UPDATE salt_period p SET salt_key = NULL, destroyed_at = :now
                WHERE p.tenant = :tenant AND p.salt_key IS NOT NULL
                  AND EXISTS (SELECT FROM salt_period n
                    WHERE n.tenant = p.tenant AND n.since > p.since AND n.since <= :before)
                """)
            .bind("tenant", tenant)
            .bind("before", Timestamp.from(before))
            .bind("now", Timestamp.from(now))
            .execute();
    return new Destroyed(tenant, periods, kept);
  }

  private static int destroyKept(Handle handle, String tenant, Instant before) {
    return handle
        .createUpdate(
            """
            DELETE FROM kept_salt k
            WHERE k.tenant = :tenant
              AND EXISTS (SELECT FROM salt_period n
                WHERE n.tenant = k.tenant AND n.since > k.since AND n.since <= :before)
            """)
        .bind("tenant", tenant)
        .bind("before", Timestamp.from(before))
        .execute();
  }

  /// Destroys one receipt's salt: the other receipts of its period keep the salts that its key gave
  /// them, and the key is destroyed.
  ///
  /// @param kept the salt of every other receipt of the period that is to keep one, by its id
  static void destroyOne(
      Handle handle, String tenant, String receipt, Map<String, byte[]> kept, Instant now) {
    Timestamp made = new Timestamp(RequestIds.millis(receipt));
    handle
        .createUpdate("DELETE FROM kept_salt WHERE tenant = :tenant AND receipt = :receipt")
        .bind("tenant", tenant)
        .bind("receipt", receipt)
        .execute();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO kept_salt (tenant, receipt, since, salt)
            SELECT tenant, :receipt, since, :salt FROM salt_period
            WHERE tenant = :tenant AND salt_key IS NOT NULL AND since = (SELECT max(since)
              FROM salt_period WHERE tenant = :tenant AND since <= :made)
            """);
    kept.forEach((other, salt) ->
        batch
            .bind("tenant", tenant)
            .bind("receipt", other)
            .bind("salt", salt)
            .bind("made", made)
            .add());
    if (!kept.isEmpty()) {
      batch.execute();
    }
    handle
        .createUpdate(
            """
            UPDATE salt_period SET salt_key = NULL, destroyed_at = :now
            WHERE tenant = :tenant AND salt_key IS NOT NULL AND since = (SELECT max(since)
              FROM salt_period WHERE tenant = :tenant AND since <= :made)
            """)
        .bind("tenant", tenant)
        .bind("made", made)
        .bind("now", Timestamp.from(now))
        .execute();
  }

  /// The salt that a receipt kept when its period's key was destroyed.
  static Optional<byte[]> kept(Handle handle, String tenant, String receipt) {
    return handle
        .createQuery("SELECT salt FROM kept_salt WHERE tenant = :tenant AND receipt = :receipt")
        .bind("tenant", tenant)
        .bind("receipt", receipt)
        .map((row, _) -> row.getBytes("salt"))
        .findOne();
  }

  /// Destroys every salt key and every kept salt of a tenant.
  static void destroyAll(Handle handle, String tenant, Instant now) {
    handle
        .createUpdate("DELETE FROM kept_salt WHERE tenant = :tenant")
        .bind("tenant", tenant)
        .execute();
    handle
        .createUpdate(
            """
            UPDATE salt_period SET salt_key = NULL, destroyed_at = :now
            WHERE tenant = :tenant AND salt_key IS NOT NULL
            """)
        .bind("tenant", tenant)
        .bind("now", Timestamp.from(now))
        .execute();
  }

  /// The salts of every tenant by its pseudonym.
  static Map<String, TenantSalt> all(Handle handle) {
    Map<String, List<TenantSalt.Period>> periods = new HashMap<>();
    handle
        .createQuery("SELECT tenant, since, salt_key FROM salt_period")
        .map((row, _) -> Map.entry(row.getString("tenant"), period(row)))
        .forEach(entry ->
            periods.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()));
    Map<String, TenantSalt> salts = new HashMap<>();
    periods.forEach((tenant, known) -> salts.put(tenant, new TenantSalt(known)));
    return salts;
  }

  private static TenantSalt.Period period(ResultSet row) throws SQLException {
    long from = row.getTimestamp("since").getTime();
    byte[] key = row.getBytes("salt_key");
    return key == null ? TenantSalt.Period.destroyed(from) : TenantSalt.Period.of(from, key);
  }
}
