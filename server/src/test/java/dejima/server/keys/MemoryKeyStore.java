package dejima.server.keys;

import dejima.gateway.Credential;
import dejima.gateway.KeyHash;
import dejima.gateway.TenantSalt;
import dejima.residency.DataClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps keys in a list.
final class MemoryKeyStore implements KeyStore {
  private record Kept(
      String id,
      KeyHash secret,
      KeyRequest request,
      String pseudonym,
      TenantSalt salt,
      Instant created,
      Optional<Instant> revoked) {}

  private static final String FORGOTTEN = "forgotten ";

  private final Map<String, Instant> forgotten = new HashMap<>();
  private final List<Kept> kept = new ArrayList<>();

  @Override
  public Insertion insert(
      String id, KeyHash secret, KeyRequest request, String pseudonym, byte[] salt, Instant now) {
    if (kept.stream().anyMatch(key -> key.id().equals(id))) {
      throw new IllegalStateException("there is such a key");
    }
    Optional<DataClass> floor =
        request
            .defaultClass()
            .flatMap(wanted -> floor(request).filter(has -> !has.join(wanted).equals(wanted)));
    if (floor.isPresent()) {
      return new Insertion.LowersClass(floor.get());
    }
    Optional<Kept> sibling =
        kept.stream().filter(key -> key.request().tenant().equals(request.tenant())).findFirst();
    kept.add(
        new Kept(
            id,
            secret,
            request,
            sibling.map(Kept::pseudonym).orElse(pseudonym),
            sibling.map(Kept::salt).orElseGet(() -> new TenantSalt(salt)),
            now,
            Optional.empty()));
    return new Insertion.Done(kept.getLast().pseudonym());
  }

  private Optional<DataClass> floor(KeyRequest request) {
    return kept.stream()
        .filter(key -> key.request().tenant().equals(request.tenant()))
        .filter(key -> key.request().project().equals(request.project()))
        .findFirst()
        .flatMap(this::floor);
  }

  @Override
  public Optional<Forgotten> forget(String tenant, Instant now) {
    Optional<String> pseudonym =
        kept.stream().filter(key -> isCalled(key, tenant)).map(Kept::pseudonym).findFirst();
    return pseudonym.map(gone -> {
      List<String> valid =
          kept.stream()
              .filter(key -> key.pseudonym().equals(gone) && key.revoked().isEmpty())
              .map(Kept::id)
              .toList();
      valid.forEach(id -> revoke(id, now));
      forgotten.putIfAbsent(gone, now);
      kept.replaceAll(key -> key.pseudonym().equals(gone) ? nameless(key) : key);
      return new Forgotten(gone, valid.size(), forgotten.getOrDefault(gone, now));
    });
  }

  private boolean isCalled(Kept key, String tenant) {
    return key.pseudonym().equals(tenant)
        || (!forgotten.containsKey(key.pseudonym()) && key.request().tenant().equals(tenant));
  }

  private static Kept nameless(Kept key) {
    KeyRequest request = key.request();
    return new Kept(
        key.id(),
        key.secret(),
        new KeyRequest(
            FORGOTTEN + key.pseudonym(),
            request.project(),
            request.defaultClass(),
            request.limits(),
            request.expires()),
        key.pseudonym(),
        TenantSalt.destroyed(),
        key.created(),
        key.revoked());
  }

  @Override
  public Optional<KeyRow> revoke(String id, Instant now) {
    kept.replaceAll(key ->
        key.id().equals(id) && key.revoked().isEmpty()
            ? new Kept(
                key.id(),
                key.secret(),
                key.request(),
                key.pseudonym(),
                key.salt(),
                key.created(),
                Optional.of(now))
            : key);
    return all().stream().filter(row -> row.credential().id().equals(id)).findFirst();
  }

  @Override
  public List<KeyRow> all() {
    return kept.stream()
        .sorted(Comparator.comparing(Kept::created).reversed().thenComparing(Kept::id))
        .map(this::row)
        .toList();
  }

  private KeyRow row(Kept key) {
    return new KeyRow(
        new Credential(
            key.id(),
            key.secret(),
            key.pseudonym(),
            key.salt(),
            key.request().project(),
            floor(key),
            key.request().limits(),
            key.request().expires(),
            key.revoked().isPresent()),
        forgotten.containsKey(key.pseudonym()) ? "" : key.request().tenant(),
        key.created(),
        key.revoked());
  }

  /// The class that the newest key of the same project set.
  private Optional<DataClass> floor(Kept key) {
    return kept.reversed().stream()
        .filter(other -> other.pseudonym().equals(key.pseudonym()))
        .filter(other -> other.request().project().equals(key.request().project()))
        .flatMap(other -> other.request().defaultClass().stream())
        .findFirst();
  }
}
