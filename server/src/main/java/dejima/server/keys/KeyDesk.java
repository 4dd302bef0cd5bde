package dejima.server.keys;

import dejima.gateway.KeyHash;
import dejima.gateway.KeyRing;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Issues and revokes keys, and keeps the gateway's key ring equal to the store.
public final class KeyDesk {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 52;

  private final KeyStore store;
  private final KeyRing ring;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// A key that was just made.
  ///
  /// @param id its public part
  /// @param key the whole key, shown this once
  public record Issued(String id, String key) {}

  /// Wires the desk; `random` must be fit for secrets.
  public KeyDesk(KeyStore store, KeyRing ring, RandomGenerator random, InstantSource clock) {
    this.store = store;
    this.ring = ring;
    this.random = random;
    this.clock = clock;
  }

  /// Makes a key; it works at once.
  public Issued issue(KeyRequest request) {
    String id = letters(ID_LENGTH);
    String secret = letters(SECRET_LENGTH);
    byte[] salt = new byte[32];
    random.nextBytes(salt);
    store.insert(id, KeyHash.of(secret), request, "t_" + letters(ID_LENGTH), salt, clock.instant());
    refresh();
    return new Issued(id, "dj_" + id + "_" + secret);
  }

  /// Withdraws a key at once; empty when there is none of that id.
  public Optional<KeyRow> revoke(String id) {
    Optional<KeyRow> revoked = store.revoke(id, clock.instant());
    refresh();
    return revoked;
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
}
