package dejima.server.keys;

import dejima.gateway.KeyHash;
import dejima.gateway.KeyRing;
import dejima.residency.DataClass;
import dejima.server.keys.KeyStore.Destroyed;
import dejima.server.keys.KeyStore.Forgotten;
import dejima.server.keys.KeyStore.Insertion;
import dejima.server.records.KeyRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Issues and revokes keys, records that in the log, and keeps the gateway's key ring equal to the
/// store.
public final class KeyDesk {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 52;

  private static final Duration UNTIL_NODES_KNOW = Duration.ofSeconds(5);

  private final KeyStore store;
  private final KeyRing ring;
  private final KeyRecords records;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final KeptElsewhere elsewhere;

  /// What came of asking for a key.
  public sealed interface Issuing {
    /// A key that was just made.
    ///
    /// @param id its public part
    /// @param key the whole key, shown this once
    /// @param pseudonym what evidence calls its tenant
    record Issued(String id, String key, String pseudonym) implements Issuing {}

    /// None was made, because its project's data class would have fallen.
    ///
    /// @param floor the class that the project has
    record LowersClass(DataClass floor) implements Issuing {}
  }

  /// From when on a tenant's salts come from another key.
  ///
  /// @param pseudonym what evidence calls the tenant
  public record Rotation(String pseudonym, Instant from) {}

  /// Earlier salts were destroyed.
  ///
  /// @param salts in the store
  /// @param imported how many receipts of other installations were deleted
  public record Earlier(Destroyed salts, int imported) {}

  /// Wires a desk beside which nothing is kept; `random` must be fit for secrets.
  public KeyDesk(
      KeyStore store,
      KeyRing ring,
      KeyRecords records,
      RandomGenerator random,
      InstantSource clock) {
    this(store, ring, records, random, clock, new NothingElsewhere());
  }

  /// Wires the desk.
  ///
  /// @param elsewhere what else is kept of tenants
  public KeyDesk(
      KeyStore store,
      KeyRing ring,
      KeyRecords records,
      RandomGenerator random,
      InstantSource clock,
      KeptElsewhere elsewhere) {
    this.store = store;
    this.elsewhere = elsewhere;
    this.ring = ring;
    this.records = records;
    this.random = random;
    this.clock = clock;
  }

  /// Makes a key; once it is recorded it works at once.
  ///
  /// @throws RuntimeException if it cannot be recorded; the key is withdrawn again
  public Issuing issue(KeyRequest request) {
    String id = letters(ID_LENGTH);
    String secret = letters(SECRET_LENGTH);
    byte[] salt = new byte[32];
    random.nextBytes(salt);
    Insertion inserted =
        store.insert(
            id, KeyHash.of(secret), request, "t_" + letters(ID_LENGTH), salt, clock.instant());
    return switch (inserted) {
      case Insertion.LowersClass(DataClass floor) -> new Issuing.LowersClass(floor);
      case Insertion.Done(String pseudonym) -> {
        record(id, pseudonym);
        refresh();
        yield new Issuing.Issued(id, "dj_" + id + "_" + secret, pseudonym);
      }
    };
  }

  private void record(String id, String pseudonym) {
    try {
      records.issued(id, pseudonym);
    } catch (RuntimeException unrecorded) {
      store.revoke(id, clock.instant());
      throw unrecorded;
    }
  }

  /// Withdraws a key at once; empty when there is none of that id.
  ///
  /// @throws RuntimeException if that cannot be recorded; the key is withdrawn all the same
  public Optional<KeyRow> revoke(String id) {
    Optional<KeyRow> revoked = store.revoke(id, clock.instant());
    refresh();
    revoked.ifPresent(row -> records.revoked(id, row.credential().tenant()));
    return revoked;
  }

  /// Destroys a tenant's salt key, so that nobody can open its commitments with our help, and
  /// withdraws its keys; empty when there is no such tenant.
  ///
  /// @param tenant its name, or its pseudonym
  /// @throws RuntimeException if that cannot be recorded; it is forgotten all the same
  public Optional<Forgotten> forget(String tenant) {
    Optional<Forgotten> forgotten = store.forget(tenant, clock.instant());
    refresh();
    forgotten.ifPresent(gone -> {
      elsewhere.forget(gone.pseudonym());
      records.destroyed(gone.pseudonym(), gone.keysRevoked());
    });
    return forgotten;
  }

  /// Derives a tenant's salts from a new key from a few seconds on, which is time for every node to
  /// learn of it; empty when there is no such tenant.
  ///
  /// @param tenant its name, or its pseudonym
  public Optional<Rotation> rotate(String tenant) {
    byte[] salt = new byte[32];
    random.nextBytes(salt);
    Instant from = clock.instant().plus(UNTIL_NODES_KNOW).truncatedTo(ChronoUnit.MILLIS);
    Optional<Rotation> rotated =
        store.rotate(tenant, salt, from).map(done -> new Rotation(done.pseudonym(), from));
    refresh();
    rotated.ifPresent(done -> records.saltRotated(done.pseudonym(), from));
    return rotated;
  }

  /// Destroys a tenant's salt keys of all periods that ended before a moment, and what else holds
  /// salts of then; empty when there is no such tenant.
  ///
  /// @param tenant its name, or its pseudonym
  /// @throws RuntimeException if that cannot be recorded; they are destroyed all the same
  public Optional<Earlier> forgetBefore(String tenant, Instant before) {
    Optional<Destroyed> destroyed = store.destroy(tenant, before, clock.instant());
    refresh();
    return destroyed.map(gone -> {
      Earlier all = new Earlier(gone, elsewhere.forgetBefore(gone.pseudonym(), before));
      if (gone.something() || all.imported() > 0) {
        records.saltsDestroyed(
            gone.pseudonym(), gone.periods(), gone.kept(), all.imported(), before);
      }
      return all;
    });
  }

  /// Every key ever issued, newest first.
  public List<KeyRow> list() {
    return store.all();
  }

  /// Takes the store's present state into the ring; other nodes' changes arrive this way.
  public void refresh() {
    ring.replace(store.all().stream().map(KeyRow::credential).toList());
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private record NothingElsewhere() implements KeptElsewhere {
    @Override
    public void forget(String pseudonym) {}

    @Override
    public int forgetBefore(String pseudonym, Instant before) {
      return 0;
    }

    @Override
    public boolean forgetOne(String pseudonym, String receipt) {
      return false;
    }
  }
}
