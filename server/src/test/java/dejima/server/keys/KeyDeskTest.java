package dejima.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.KeyRing;
import dejima.gateway.Limits;
import dejima.server.Specimen;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyDeskTest {
  private final KeyStore store = new MemoryKeyStore();
  private final KeyRing ring = new KeyRing();
  private final KeyDesk desk = new KeyDesk(store, ring, new Random(1), Specimen.CLOCK);

  private KeyDesk.Issued issue() {
    return desk.issue(
        new KeyRequest("tenant", "project", Optional.empty(), Limits.NONE, Optional.empty()));
  }

  private KeyRing.Check check(KeyDesk.Issued issued) {
    return ring.check(Optional.of(issued.key()), Specimen.CLOCK.instant());
  }

  @Test
  void issuesAKeyThatWorksAtOnceAndIsKeptNowhere() {
    KeyDesk.Issued issued = issue();

    assertThat(check(issued)).isInstanceOf(KeyRing.Check.Known.class);
    assertThat(issued.key()).matches("dj_[a-z2-9]{12}_[a-z2-9]{52}");
    assertThat(store.all().toString()).doesNotContain(issued.key().substring(16));
  }

  @Test
  void revokesAtOnce() {
    KeyDesk.Issued issued = issue();

    assertThat(desk.revoke(issued.id())).isPresent();

    assertThat(check(issued)).isInstanceOf(KeyRing.Check.Refused.class);
    assertThat(desk.revoke("nobody")).isEmpty();
  }
}
