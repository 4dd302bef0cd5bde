package dejima.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.RequestIds;
import dejima.gateway.Credential;
import dejima.gateway.KeyHash;
import dejima.gateway.Limits;
import dejima.gateway.TenantSalt;
import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Marker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What every [KeyStore] keeps.
public abstract class KeyStoreContract {
  private static final String RECEIPT = "rcpt_01ARZ3NDEKTSV4RRFFQ69G5FAV";

  private static final Instant NOW = Instant.parse("2026-11-20T01:02:03.456Z");
  private static final DataClass C3 = new DataClass(Confidentiality.C3, Set.of());

  /// A store without keys.
  protected abstract KeyStore store();

  private static KeyRequest request(String tenant, String project, Optional<DataClass> floor) {
    return new KeyRequest(
        tenant, project, floor, new Limits(1, 1L << 40, 3), Optional.of(NOW.plusSeconds(60)));
  }

  private static KeyStore.Insertion insert(
      KeyStore store, String id, KeyRequest request, int second) {
    byte[] salt = new byte[32];
    salt[0] = (byte) second;
    return store.insert(
        id, KeyHash.of("s" + id), request, "t_" + id, salt, NOW.plusSeconds(second));
  }

  private static Credential credential(KeyStore store, String id) {
    return store.all().stream()
        .map(KeyRow::credential)
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void keepsEverythingOfAKey() {
    KeyStore store = store();
    insert(store, "a", request("総務課", "chat", Optional.of(C3)), 0);

    KeyRow row = store.all().getFirst();
    Credential key = row.credential();
    assertThat(row.tenantName()).isEqualTo("総務課");
    assertThat(row.created()).isEqualTo(NOW);
    assertThat(row.revoked()).isEmpty();
    assertThat(key.tenant()).isEqualTo("t_a");
    assertThat(key.secret().matches("sa")).isTrue();
    assertThat(key.defaultClass()).contains(C3);
    assertThat(key.limits()).isEqualTo(new Limits(1, 1L << 40, 3));
    assertThat(key.expires()).contains(NOW.plusSeconds(60));
    assertThat(key.revoked()).isFalse();
  }

  @Test
  void givesATenantOnePseudonymAndOneSalt() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 1);
    insert(store, "b", request("x", "q", Optional.empty()), 2);
    insert(store, "c", request("y", "p", Optional.empty()), 3);

    assertThat(credential(store, "b").tenant()).isEqualTo("t_a");
    assertThat(salt(store, "b")).isEqualTo(salt(store, "a"));
    assertThat(credential(store, "c").tenant()).isEqualTo("t_c");
  }

  @Test
  void keepsAProjectsClassWhenANewKeySetsNone() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.of(C3)), 1);
    insert(store, "b", request("x", "p", Optional.empty()), 2);

    assertThat(credential(store, "b").defaultClass()).contains(C3);
  }

  @Test
  void raisesAProjectsClassAndNeverLowersIt() {
    KeyStore store = store();
    DataClass personal = new DataClass(Confidentiality.C2, Set.of(Marker.PERSONAL));
    insert(store, "a", request("x", "p", Optional.of(personal)), 1);

    assertThat(insert(store, "b", request("x", "p", Optional.of(C3)), 2))
        .isEqualTo(new KeyStore.Insertion.LowersClass(personal));
    assertThat(insert(store, "c", request("x", "p", Optional.of(C3.join(personal))), 3))
        .isEqualTo(new KeyStore.Insertion.Done("t_a"));
    assertThat(insert(store, "d", request("x", "q", Optional.of(C3)), 4))
        .isEqualTo(new KeyStore.Insertion.Done("t_a"));

    assertThat(store.all()).extracting(row -> row.credential().id()).containsExactly("d", "c", "a");
    assertThat(credential(store, "a").defaultClass()).contains(C3.join(personal));
  }

  @Test
  void forgetsATenantButNotItsPseudonym() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.of(C3)), 1);
    insert(store, "b", request("x", "q", Optional.empty()), 2);
    insert(store, "c", request("y", "p", Optional.empty()), 3);
    store.revoke("b", NOW.plusSeconds(4));

    assertThat(store.forget("x", NOW.plusSeconds(5)))
        .contains(new KeyStore.Forgotten("t_a", 1, NOW.plusSeconds(5)));

    assertThat(store.all()).extracting(KeyRow::tenantName).containsExactly("y", "", "");
    assertThat(credential(store, "a").revoked()).isTrue();
    assertThat(credential(store, "c").revoked()).isFalse();
    TenantSalt destroyed = credential(store, "a").salt();
    assertThat(destroyed.find(RECEIPT)).isEmpty();
    assertThat(store.forget("x", NOW)).isEmpty();
    assertThat(store.forget("t_a", NOW.plusSeconds(9)))
        .contains(new KeyStore.Forgotten("t_a", 0, NOW.plusSeconds(5)));
  }

  @Test
  void meetsANameThatWasForgottenAsAStranger() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.of(C3)), 1);
    byte[] before = salt(store, "a");
    store.forget("x", NOW);

    assertThat(insert(store, "b", request("x", "p", Optional.empty()), 2))
        .isEqualTo(new KeyStore.Insertion.Done("t_b"));

    assertThat(salt(store, "b")).isNotEqualTo(before);
    assertThat(credential(store, "b").defaultClass()).isEmpty();
  }

  private static byte[] salt(KeyStore store, String id) {
    return credential(store, id).salt().find(RECEIPT).orElseThrow();
  }

  private static String receiptAt(long seconds) {
    return new RequestIds(InstantSource.fixed(NOW.plusSeconds(seconds)), new Random(seconds))
        .next();
  }

  private static Optional<byte[]> saltAt(KeyStore store, long seconds) {
    return credential(store, "a").salt().find(receiptAt(seconds));
  }

  @Test
  void derivesSaltsFromTheKeyOfTheirTime() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 0);
    byte[] early = saltAt(store, 1).orElseThrow();
    byte[] late = saltAt(store, 9).orElseThrow();

    assertThat(
            store.rotate(
                "x",
                new byte[] {
                  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                  24, 25, 26, 27, 28, 29, 30, 31, 32
                },
                NOW.plusSeconds(5)))
        .contains(new KeyStore.Rotated("t_a"));

    assertThat(saltAt(store, 1)).hasValueSatisfying(salt -> assertThat(salt).isEqualTo(early));
    assertThat(saltAt(store, 9)).hasValueSatisfying(salt -> assertThat(salt).isNotEqualTo(late));
    assertThat(store.rotate("nobody", new byte[32], NOW)).isEmpty();
  }

  @Test
  void destroysOnlyPeriodsThatHadEnded() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 0);
    store.rotate("x", new byte[32], NOW.plusSeconds(5));

    assertThat(store.destroy("x", NOW.plusSeconds(4), NOW))
        .contains(new KeyStore.Destroyed("t_a", 0, 0));
    assertThat(saltAt(store, 1)).isPresent();
    assertThat(store.destroy("t_a", NOW.plusSeconds(5), NOW))
        .contains(new KeyStore.Destroyed("t_a", 1, 0));

    assertThat(saltAt(store, 1)).isEmpty();
    assertThat(saltAt(store, 6)).isPresent();
    assertThat(store.destroy("x", NOW.plusSeconds(99), NOW))
        .contains(new KeyStore.Destroyed("t_a", 0, 0));
  }

  @Test
  void destroysTheSaltOfOneReceiptAndKeepsThoseOfTheOthers() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 0);
    byte[] other = saltAt(store, 2).orElseThrow();
    store.rotate("x", new byte[32], NOW.plusSeconds(5));

    store.destroyOne("t_a", receiptAt(1), Map.of(receiptAt(2), other), NOW);

    assertThat(saltAt(store, 1)).isEmpty();
    assertThat(saltAt(store, 2)).isEmpty();
    assertThat(store.kept("t_a", receiptAt(1))).isEmpty();
    assertThat(store.kept("t_a", receiptAt(2)))
        .hasValueSatisfying(salt -> assertThat(salt).isEqualTo(other));
    store.destroyOne("t_a", receiptAt(2), Map.of(), NOW);
    assertThat(store.kept("t_a", receiptAt(2))).isEmpty();
    assertThat(saltAt(store, 6)).isPresent();
  }

  @Test
  void keepsNothingOfATenantThatIsForgotten() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 0);
    byte[] other = saltAt(store, 2).orElseThrow();
    store.rotate("x", new byte[32], NOW.plusSeconds(5));
    store.destroyOne("t_a", receiptAt(1), Map.of(receiptAt(2), other), NOW);

    store.forget("x", NOW);

    assertThat(store.kept("t_a", receiptAt(2))).isEmpty();
    assertThat(saltAt(store, 6)).isEmpty();
  }

  private static KeyStore.Tenancy tenancy() {
    return new KeyStore.Tenancy(
        "総務課",
        "t_abcdefghjkmn",
        new TreeMap<>(Map.of("minutes", Optional.of(C3), "open", Optional.empty())));
  }

  @Test
  void takesATenantOverWithItsSaltsAndClasses() {
    KeyStore store = store();
    byte[] old = new byte[32];
    old[0] = 9;
    var salts =
        List.of(TenantSalt.Period.destroyed(0), TenantSalt.Period.of(1_700_000_000_000L, old));

    assertThat(store.adopt(tenancy(), salts, NOW, () -> {}))
        .isEqualTo(new KeyStore.Adoption.Done());
    insert(store, "a", request("総務課", "minutes", Optional.empty()), 1);

    assertThat(credential(store, "a").tenant()).isEqualTo("t_abcdefghjkmn");
    assertThat(credential(store, "a").defaultClass()).contains(C3);
    assertThat(store.saltPeriods("t_abcdefghjkmn")).isEqualTo(salts);
    assertThat(store.knows("t_abcdefghjkmn")).isTrue();
    assertThat(store.adopt(tenancy(), salts, NOW, () -> {}))
        .isEqualTo(new KeyStore.Adoption.Taken());
  }

  @Test
  void takesNothingOverWhenTheLastStepFails() {
    KeyStore store = store();
    var salts = List.of(TenantSalt.Period.of(0, new byte[32]));

    assertThatThrownBy(() ->
            store.adopt(
                tenancy(),
                salts,
                NOW,
                () -> {
                  throw new IllegalStateException("the disk");
                }))
        .hasMessageContaining("the disk");

    assertThat(store.knows("t_abcdefghjkmn")).isFalse();
    insert(store, "a", request("総務課", "minutes", Optional.empty()), 1);
    assertThat(credential(store, "a").tenant()).isEqualTo("t_a");
  }

  @Test
  void listsTheNewestFirst() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 1);
    insert(store, "b", request("x", "p", Optional.empty()), 9);
    insert(store, "c", request("x", "p", Optional.empty()), 5);

    assertThat(store.all()).extracting(row -> row.credential().id()).containsExactly("b", "c", "a");
  }

  @Test
  void revokesOnceAndForEver() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 0);

    assertThat(store.revoke("a", NOW.plusSeconds(5)).orElseThrow().revoked())
        .contains(NOW.plusSeconds(5));
    assertThat(store.revoke("a", NOW.plusSeconds(9)).orElseThrow().revoked())
        .contains(NOW.plusSeconds(5));
    assertThat(credential(store, "a").revoked()).isTrue();
    assertThat(store.revoke("zzz", NOW)).isEmpty();
  }

  @Test
  void refusesTwoKeysOfOneIdAndChangesNothing() {
    KeyStore store = store();
    insert(store, "a", request("x", "p", Optional.empty()), 0);

    assertThatThrownBy(() -> insert(store, "a", request("other", "p", Optional.of(C3)), 1))
        .isInstanceOf(RuntimeException.class);
    assertThat(store.all()).hasSize(1);
  }
}
