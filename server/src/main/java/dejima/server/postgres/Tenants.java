package dejima.server.postgres;

import dejima.server.keys.KeyStore.Forgotten;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table of tenants.
final class Tenants {
  private Tenants() {}

  /// The pseudonym of the tenant of that name, who is added if there is none.
  ///
  /// @param pseudonym and `salt` are the new tenant's
  static String named(Handle handle, String name, String pseudonym, byte[] salt, Instant now) {
    if (add(handle, pseudonym, name, now)) {
      SaltPeriods.begin(handle, pseudonym, salt, Instant.EPOCH);
    }
    return handle
        .createQuery("SELECT pseudonym FROM tenant WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .one();
  }

  /// Adds a tenant, unless name or pseudonym is another's.
  static boolean add(Handle handle, String pseudonym, String name, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO tenant (pseudonym, name, created_at)
                VALUES (:pseudonym, :name, :created) ON CONFLICT DO NOTHING
                """)
            .bind("pseudonym", pseudonym)
            .bind("name", name)
            .bind("created", Timestamp.from(now))
            .execute()
        == 1;
  }

  /// The pseudonym of the tenant of that name, or else of that pseudonym; the row stays locked
  /// until the transaction ends.
  static Optional<String> pseudonym(Handle handle, String tenant) {
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

  /// Whether there is a tenant of that pseudonym.
  static boolean knows(Handle handle, String pseudonym) {
    return handle
            .createQuery("SELECT count(*) FROM tenant WHERE pseudonym = :pseudonym")
            .bind("pseudonym", pseudonym)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /// Forgets a tenant's name and salts and revokes its keys.
  static Forgotten forget(Handle handle, String pseudonym, Instant now) {
    int revoked = ApiKeys.revokeAll(handle, pseudonym, now);
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
}
