package dejima.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.EvidenceLog;
import dejima.gateway.KeyRing;
import dejima.gateway.Limits;
import dejima.server.Specimen;
import dejima.server.keys.KeyDesk.Issuing.Issued;
import dejima.server.records.KeyRecords;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyDeskTest {
  private final KeyStore store = new MemoryKeyStore();
  private final KeyRing ring = new KeyRing();
  private final EvidenceLog log = Specimen.log();
  @TempDir private static Path directory;
  private final KeyDesk desk = desk();

  private KeyDesk desk() {
    NodeRecords records = new NodeRecords(log, Specimen.ids());
    LastRecorded last = LastRecorded.in(directory.resolve("recorded.json"));
    return new KeyDesk(store, ring, new KeyRecords(records, last), new Random(1), Specimen.CLOCK);
  }

  private Issued issue() {
    return switch (desk.issue(
        new KeyRequest("tenant", "project", Optional.empty(), Limits.NONE, Optional.empty()))) {
      case Issued issued -> issued;
      case KeyDesk.Issuing.LowersClass lowers -> throw new AssertionError(lowers);
    };
  }

  private KeyRing.Check check(Issued issued) {
    return ring.check(Optional.of(issued.key()), Specimen.CLOCK.instant());
  }

  @Test
  void issuesAKeyThatWorksAtOnceAndIsKeptNowhere() {
    Issued issued = issue();

    assertThat(check(issued)).isInstanceOf(KeyRing.Check.Known.class);
    assertThat(issued.key()).matches("dj_[a-z2-9]{12}_[a-z2-9]{52}");
    assertThat(store.all().toString()).doesNotContain(issued.key().substring(16));
  }

  @Test
  void revokesAtOnce() {
    Issued issued = issue();

    assertThat(desk.revoke(issued.id())).isPresent();

    assertThat(check(issued)).isInstanceOf(KeyRing.Check.Refused.class);
    assertThat(desk.revoke("nobody")).isEmpty();
  }

  @Test
  void leavesAnEntryForEachChange() {
    Issued issued = issue();
    desk.revoke(issued.id());
    desk.revoke("nobody");
    desk.forget("tenant");

    assertThat(log.head().size()).isEqualTo(3);
  }

  @Test
  void givesOutNoKeyThatCannotBeRecorded() {
    log.close();

    assertThatThrownBy(this::issue).isInstanceOf(RuntimeException.class);

    assertThat(store.all()).allMatch(row -> row.revoked().isPresent());
  }

  @Test
  void forgetsATenantWithAllItsKeys() {
    Issued issued = issue();

    assertThat(desk.forget("tenant").orElseThrow().pseudonym()).isEqualTo(issued.pseudonym());

    assertThat(check(issued)).isInstanceOf(KeyRing.Check.Refused.class);
    assertThat(desk.forget("tenant")).isEmpty();
  }
}
