package dejima.server.keys;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.evidence.RequestIds;
import dejima.gateway.TenantSalt;
import dejima.gateway.TenantSalt.Span;
import dejima.server.records.KeyRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Destroys the salt of one receipt, and of no other. Blocks for some seconds when the receipt is
/// of the period that runs, because that has to end first.
public final class SaltDesk {
  /// What of a period one row each can be kept for; more would take the database's memory.
  private static final int MOST_KEPT = 500_000;

  /// A request's first entry follows its id at once; the log's head follows within a second.
  private static final Duration UNTIL_ALL_IS_LOGGED = Duration.ofSeconds(3);

  private final KeyStore store;
  private final KeyDesk keys;
  private final EvidenceLog log;
  private final KeyRecords records;
  private final KeptElsewhere elsewhere;
  private final InstantSource clock;

  /// What came of it.
  public sealed interface Forgetting {
    /// Its salt is gone.
    ///
    /// @param pseudonym its tenant's; empty for a receipt of another installation
    /// @param kept how many other receipts of its period keep theirs in a table now
    record Forgotten(String pseudonym, int kept) implements Forgetting {}

    /// Nothing was destroyed.
    ///
    /// @param reason why, and what to do
    record Refused(String reason) implements Forgetting {}
  }

  /// Wires the desk.
  ///
  /// @param elsewhere what else is kept of tenants
  public SaltDesk(
      KeyStore store,
      KeyDesk keys,
      EvidenceLog log,
      KeyRecords records,
      KeptElsewhere elsewhere,
      InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.log = log;
    this.records = records;
    this.elsewhere = elsewhere;
    this.clock = clock;
  }

  /// Destroys the salt of a receipt.
  ///
  /// @throws RuntimeException if that cannot be recorded; it is destroyed all the same
  public synchronized Forgetting forget(String receipt) throws InterruptedException {
    Optional<String> tenant =
        (RequestIds.isId(receipt) ? log.find(receipt) : List.<LoggedEntry>of())
            .stream()
                .filter(SaltDesk::isOfRequest)
                .flatMap(entry -> entry.body().string("tenant").stream())
                .findFirst();
    if (tenant.isEmpty()) {
      return elsewhere.forgetOne("", receipt)
          ? new Forgetting.Forgotten("", 0)
          : new Forgetting.Refused("There is no request of this id.");
    }
    Optional<TenantSalt> salt = salt(tenant.get());
    if (salt.isEmpty() || known(tenant.get(), receipt, salt.get()).isEmpty()) {
      return new Forgetting.Refused("The salt of this receipt was destroyed before.");
    }
    return forget(tenant.get(), receipt, ended(tenant.get(), receipt, salt.get()));
  }

  private static boolean isOfRequest(LoggedEntry entry) {
    return entry.is(Kind.INTENT) || entry.is(Kind.OUTCOME) || entry.is(Kind.REFUSAL);
  }

  private Optional<TenantSalt> salt(String tenant) {
    return store.all().stream()
        .map(KeyRow::credential)
        .filter(key -> key.tenant().equals(tenant))
        .map(key -> key.salt())
        .findFirst();
  }

  private Optional<byte[]> known(String tenant, String receipt, TenantSalt salt) {
    return salt.find(receipt).or(() -> store.kept(tenant, receipt));
  }

  /// The salts once the receipt's period has ended.
  private TenantSalt ended(String tenant, String receipt, TenantSalt salt)
      throws InterruptedException {
    if (salt.span(receipt).flatMap(Span::toMillis).isPresent()) {
      return salt;
    }
    Instant from = keys.rotate(tenant).map(KeyDesk.Rotation::from).orElse(clock.instant());
    Thread.sleep(Duration.between(clock.instant(), from).plus(UNTIL_ALL_IS_LOGGED));
    return salt(tenant).orElse(salt);
  }

  private Forgetting forget(String tenant, String receipt, TenantSalt salt) {
    Map<String, byte[]> kept =
        salt.find(receipt).isEmpty() ? Map.of() : others(tenant, receipt, salt);
    if (kept.size() > MOST_KEPT) {
      return new Forgetting.Refused(
          "The receipt's period has more than "
              + MOST_KEPT
              + " receipts, each of which would have to keep its salt in a table. Destroy the whole"
              + " period with 'tenants forget --before', and rotate salts more often.");
    }
    store.destroyOne(tenant, receipt, kept, clock.instant());
    keys.refresh();
    boolean _ = elsewhere.forgetOne(tenant, receipt);
    records.saltDestroyed(tenant, receipt);
    return new Forgetting.Forgotten(tenant, kept.size());
  }

  /// The salts of the other receipts of its period.
  private Map<String, byte[]> others(String tenant, String receipt, TenantSalt salt) {
    Span span = salt.span(receipt).orElseThrow();
    Map<String, byte[]> salts = new HashMap<>();
    log.scan(
        Instant.ofEpochMilli(span.fromMillis()),
        (kind, of) -> (kind == Kind.INTENT || kind == Kind.REFUSAL) && of.equals(tenant),
        entry -> {
          String id = entry.body().string("id").orElse("");
          if (salts.size() <= MOST_KEPT && !id.equals(receipt) && span.holds(id)) {
            salt.find(id).ifPresent(own -> salts.put(id, own));
          }
        });
    return salts;
  }
}
