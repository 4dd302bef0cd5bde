package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRingTest {
  private static final Credential GOOD = Specimen.key("abc", "secret_with_bars");

  private static KeyRing ring(Credential... keys) {
    KeyRing ring = new KeyRing();
    ring.replace(List.of(keys));
    return ring;
  }

  private static Credential like(Credential key, Optional<Instant> expires, boolean revoked) {
    return new Credential(
        key.id(),
        key.secret(),
        key.tenant(),
        key.salt(),
        key.project(),
        key.defaultClass(),
        key.limits(),
        expires,
        revoked);
  }

  private static Problem refused(KeyRing.Check check) {
    return switch (check) {
      case KeyRing.Check.Known(Credential known) -> throw new AssertionError(known.id());
      case KeyRing.Check.Refused(Problem problem) -> problem;
    };
  }

  @Test
  void knowsItsKeys() {
    KeyRing.Check check = ring(GOOD).check(Optional.of("dj_abc_secret_with_bars"), Specimen.NOW);

    assertThat(check).isEqualTo(new KeyRing.Check.Known(GOOD));
  }

  @Test
  void asksForAKeyWhenThereIsNone() {
    Problem problem = refused(ring(GOOD).check(Optional.empty(), Specimen.NOW));

    assertThat(problem.status()).isEqualTo(401);
    assertThat(problem.code()).isEqualTo("missing_api_key");
    assertThat(problem.message()).contains("./dejima keys create");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dj_",
        "dj__",
        "dj_abc",
        "dj_abc_",
        "dj_abc_secret",
        "dj_abc_secret_with_bars ",
        "DJ_abc_secret_with_bars",
        "dj_xyz_secret_with_bars",
        "dj_xyz_",
        "sk-123",
        "-",
        "dj__secret_with_bars",
        "abc_secret_with_bars",
        "dj_abc_secret_with_bars\u0000",
        "_",
        "dj",
      })
  void knowsNoOther(String presented) {
    Problem problem = refused(ring(GOOD).check(Optional.of(presented), Specimen.NOW));

    assertThat(problem.code()).isEqualTo("invalid_api_key");
    assertThat(problem.status()).isEqualTo(401);
    assertThat(problem.message()).doesNotContain("secret_with_bars");
  }

  @Test
  void refusesAnEndlessKey() {
    String endless = "dj_abc_" + "x".repeat(1 << 20);

    assertThat(refused(ring(GOOD).check(Optional.of(endless), Specimen.NOW)).code())
        .isEqualTo("invalid_api_key");
  }

  @Test
  void tellsTheHolderAloneThatAKeyIsRevokedOrExpired() {
    Credential revoked = like(GOOD, Optional.empty(), true);
    Credential expired = like(GOOD, Optional.of(Specimen.NOW), false);

    assertThat(refused(ring(revoked).check(right(), Specimen.NOW)).code())
        .isEqualTo("revoked_api_key");
    assertThat(refused(ring(expired).check(right(), Specimen.NOW)).code())
        .isEqualTo("expired_api_key");
    assertThat(ring(expired).check(right(), Specimen.NOW.minusMillis(1)))
        .isInstanceOf(KeyRing.Check.Known.class);
    assertThat(refused(ring(revoked).check(Optional.of("dj_abc_wrong"), Specimen.NOW)).code())
        .isEqualTo("invalid_api_key");
  }

  private static Optional<String> right() {
    return Optional.of("dj_abc_secret_with_bars");
  }

  @Test
  void keepsWhatIsUsedWhenKeysAreReplacedUnlessTheLimitsChange() {
    Credential limited = limited(GOOD, new Limits(5, 0, 0));
    KeyRing ring = ring(limited);
    Allowance before = ring.allowance(limited, 0);

    ring.replace(List.of(limited));
    assertThat(ring.allowance(limited, 0)).isSameAs(before);

    Credential wider = limited(GOOD, new Limits(6, 0, 0));
    ring.replace(List.of(wider));
    assertThat(ring.allowance(wider, 0)).isNotSameAs(before);
  }

  private static Credential limited(Credential key, Limits limits) {
    return new Credential(
        key.id(),
        key.secret(),
        key.tenant(),
        key.salt(),
        key.project(),
        key.defaultClass(),
        limits,
        key.expires(),
        false);
  }

  @Test
  void tellsAnAddressToWaitThatKeepsFailingAndLetsARightKeyInAllTheSame() {
    KeyRing ring = new KeyRing();
    ring.replace(List.of(Specimen.key("k", "secret")));
    KeyRing.Check.Refused refused =
        (KeyRing.Check.Refused) ring.check(Optional.of("dj_k_wrong"), Specimen.NOW);
    for (int i = 0; i < AuthenticationThrottle.BURST; i++) {
      assertThat(ring.answer(refused, "192.0.2.1", 0)).isEqualTo(refused.problem());
    }

    Problem told = ring.answer(refused, "192.0.2.1", 0);

    assertThat(told.status()).isEqualTo(429);
    assertThat(told.retryAfterSeconds()).hasValue(1);
    assertThat(told.message()).contains("works at once", "dejima keys create");
    assertThat(ring.check(Optional.of("dj_k_secret"), Specimen.NOW))
        .isInstanceOf(KeyRing.Check.Known.class);
  }
}
