package dejima.server.keys;

import dejima.evidence.RequestIds;
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
      List<TenantSalt.Period> salt,
      Instant created,
      Optional<Instant> revoked) {}

  private static final String FORGOTTEN = "forgotten ";

  private final Map<String, Instant> forgotten = new HashMap<>();
  private final List<Kept> kept = new ArrayList<>();
  private final Map<String, byte[]> keptSalts = new HashMap<>();
  private final Map<String, Adopted> adopted = new HashMap<>();

  private record Adopted(Tenancy tenancy, List<TenantSalt.Period> salts) {}

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
            sibling
                .map(Kept::pseudonym)
                .or(() -> taken(request).map(known -> known.tenancy().pseudonym()))
                .orElse(pseudonym),
            sibling
                .map(Kept::salt)
                .or(() -> taken(request).map(Adopted::salts))
                .orElseGet(() -> List.of(TenantSalt.Period.of(0, salt))),
            now,
            Optional.empty()));
    return new Insertion.Done(kept.getLast().pseudonym());
  }

  private Optional<DataClass> floor(KeyRequest request) {
    return kept.stream()
        .filter(key -> key.request().tenant().equals(request.tenant()))
        .filter(key -> key.request().project().equals(request.project()))
        .findFirst()
        .flatMap(this::floor)
        .or(() -> adoptedFloor(request));
  }

  private Optional<Adopted> taken(KeyRequest request) {
    return Optional.ofNullable(adopted.get(request.tenant()));
  }

  private Optional<DataClass> adoptedFloor(KeyRequest request) {
    return taken(request)
        .flatMap(
            known -> known.tenancy().projects().getOrDefault(request.project(), Optional.empty()));
  }

  @Override
  public Adoption adopt(
      Tenancy tenancy, List<TenantSalt.Period> salts, Instant now, Runnable last) {
    boolean taken =
        adopted.containsKey(tenancy.name())
            || knows(tenancy.pseudonym())
            || kept.stream().anyMatch(key -> isCalled(key, tenancy.name()));
    if (taken) {
      return new Adoption.Taken();
    }
    last.run();
    adopted.put(tenancy.name(), new Adopted(tenancy, List.copyOf(salts)));
    return new Adoption.Done();
  }

  @Override
  public List<TenantSalt.Period> saltPeriods(String pseudonym) {
    return adopted.values().stream()
        .filter(known -> known.tenancy().pseudonym().equals(pseudonym))
        .findFirst()
        .map(Adopted::salts)
        .orElseGet(() -> salts(pseudonym));
  }

  @Override
  public boolean knows(String pseudonym) {
    return kept.stream().anyMatch(key -> key.pseudonym().equals(pseudonym))
        || adopted.values().stream()
            .anyMatch(known -> known.tenancy().pseudonym().equals(pseudonym));
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
      keptSalts.keySet().removeIf(name -> name.startsWith(gone + " "));
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
        List.of(),
        key.created(),
        key.revoked());
  }

  private Optional<String> pseudonym(String tenant) {
    return kept.stream().filter(key -> isCalled(key, tenant)).map(Kept::pseudonym).findFirst();
  }

  private List<TenantSalt.Period> salts(String pseudonym) {
    return kept.stream()
        .filter(key -> key.pseudonym().equals(pseudonym))
        .findFirst()
        .map(Kept::salt)
        .orElse(List.of());
  }

  private void salts(String pseudonym, List<TenantSalt.Period> salts) {
    kept.replaceAll(key ->
        key.pseudonym().equals(pseudonym)
            ? new Kept(
                key.id(),
                key.secret(),
                key.request(),
                pseudonym,
                salts,
                key.created(),
                key.revoked())
            : key);
  }

  @Override
  public Optional<Rotated> rotate(String tenant, byte[] salt, Instant from) {
    return pseudonym(tenant)
        .map(known -> {
          List<TenantSalt.Period> salts = new ArrayList<>(salts(known));
          salts.add(TenantSalt.Period.of(from.toEpochMilli(), salt));
          salts(known, List.copyOf(salts));
          return new Rotated(known);
        });
  }

  @Override
  public Optional<Destroyed> destroy(String tenant, Instant before, Instant now) {
    return pseudonym(tenant)
        .map(known -> {
          List<TenantSalt.Period> salts = new ArrayList<>(salts(known));
          int destroyed = 0;
          for (int i = 0; i < salts.size() - 1; i++) {
            boolean ended = salts.get(i + 1).fromMillis() <= before.toEpochMilli();
            if (ended && salts.get(i).key().isPresent()) {
              salts.set(i, TenantSalt.Period.destroyed(salts.get(i).fromMillis()));
              destroyed++;
            }
          }
          salts(known, List.copyOf(salts));
          return new Destroyed(known, destroyed, 0);
        });
  }

  @Override
  public void destroyOne(
      String pseudonym, String receipt, Map<String, byte[]> others, Instant now) {
    keptSalts.remove(pseudonym + " " + receipt);
    others.forEach((other, salt) -> keptSalts.put(pseudonym + " " + other, salt));
    List<TenantSalt.Period> salts = new ArrayList<>(salts(pseudonym));
    for (int i = salts.size() - 1; i >= 0; i--) {
      if (salts.get(i).fromMillis() <= RequestIds.millis(receipt)) {
        salts.set(i, TenantSalt.Period.destroyed(salts.get(i).fromMillis()));
        break;
      }
    }
    salts(pseudonym, List.copyOf(salts));
  }

  @Override
  public Optional<byte[]> kept(String pseudonym, String receipt) {
    return Optional.ofNullable(keptSalts.get(pseudonym + " " + receipt));
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
            new TenantSalt(key.salt()),
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
        .findFirst()
        .or(() -> adoptedFloor(key.request()));
  }
}
