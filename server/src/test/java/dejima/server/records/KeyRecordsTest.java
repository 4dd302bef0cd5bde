package dejima.server.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.Attachments;
import dejima.evidence.Entry;
import dejima.evidence.EntryChoice;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LogState;
import dejima.evidence.LoggedEntry;
import dejima.evidence.NoteKey;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptForm;
import dejima.evidence.ReceiptResult;
import dejima.evidence.SignedNote;
import dejima.evidence.TreeHead;
import dejima.server.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyRecordsTest {
  @TempDir private Path directory;
  private final Heard log = new Heard(Specimen.log(), new ArrayList<>());

  /// A log that also keeps what it was asked to record.
  private record Heard(EvidenceLog log, List<Entry> entries) implements EvidenceLog {
    @Override
    public void append(Entry entry, Receiver receiver) {
      entries.add(entry);
      log.append(entry, receiver);
    }

    @Override
    public void appendLater(Entry entry, Receiver receiver) {
      append(entry, receiver);
    }

    @Override
    public List<LoggedEntry> find(String id) {
      return log.find(id);
    }

    @Override
    public long readBack(
        long below, Instant until, EntryChoice choice, Predicate<LoggedEntry> each) {
      return log.readBack(below, until, choice, each);
    }

    @Override
    public void scan(Instant since, EntryChoice choice, Consumer<LoggedEntry> each) {
      log.scan(since, choice, each);
    }

    @Override
    public TreeHead head() {
      return log.head();
    }

    @Override
    public SignedNote checkpoint() {
      return log.checkpoint();
    }

    @Override
    public List<String> consistency(long from, long to) {
      return log.consistency(from, to);
    }

    @Override
    public void witnessed(SignedNote cosigned) {
      log.witnessed(cosigned);
    }

    @Override
    public Optional<SignedNote> witnessed() {
      return log.witnessed();
    }

    @Override
    public ReceiptResult receipt(String id, byte[] salt, Attachments attachments) {
      return log.receipt(id, salt, attachments);
    }

    @Override
    public byte[] issue(Receipt receipt, ReceiptForm form) {
      return log.issue(receipt, form);
    }

    @Override
    public NoteKey key() {
      return log.key();
    }

    @Override
    public LogState state() {
      return log.state();
    }

    @Override
    public void close() {
      log.close();
    }
  }

  private Path file() {
    return directory.resolve("recorded.json");
  }

  /// As after a restart: what was recorded is read from the file again.
  private KeyRecords records() {
    return new KeyRecords(new NodeRecords(log, Specimen.ids()), LastRecorded.in(file()));
  }

  private List<String> changes() {
    List<String> texts =
        log.entries().stream()
            .filter(entry -> entry.kind() == Kind.KEY)
            .map(Entry::facts)
            .map(Json.Obj::canonicalText)
            .toList();
    log.entries().clear();
    return texts;
  }

  @Test
  void recordsEveryKeyWhenItIsFirstUsed() {
    records().started("log+1+k", "sha256/g", Map.of("a", "sha256/a"));

    assertThat(changes())
        .containsExactly(
            "{\"change\":\"first-used\",\"key\":\"sha256/g\",\"subject\":\"gateway\"}",
            "{\"change\":\"first-used\",\"key\":\"log+1+k\",\"subject\":\"log\"}",
            "{\"change\":\"first-used\",\"key\":\"sha256/a\",\"site\":\"a\",\"subject\":\"site\"}");
  }

  @Test
  void recordsOnlyWhatChangedSinceTheLastRun() {
    records().started("log+1+k", "sha256/g", Map.of("a", "sha256/a", "b", "sha256/b"));
    changes();

    records().started("log+1+k", "sha256/g", Map.of("a", "sha256/a", "b", "sha256/b"));
    assertThat(changes()).isEmpty();

    records().started("log+1+k", "sha256/g2", Map.of("a", "sha256/a2"));
    assertThat(changes())
        .containsExactly(
            "{\"before\":\"sha256/g\",\"change\":\"changed\",\"key\":\"sha256/g2\",\"subject\":\"gateway\"}",
            "{\"before\":\"sha256/a\",\"change\":\"changed\",\"key\":\"sha256/a2\",\"site\":\"a\",\"subject\":\"site\"}",
            "{\"before\":\"sha256/b\",\"change\":\"removed\",\"site\":\"b\",\"subject\":\"site\"}");

    records().started("log+1+k", "sha256/g2", Map.of("a", "sha256/a2"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void recordsAnewWhatItCannotRead() throws IOException {
    records().started("log+1+k", "sha256/g", Map.of());
    changes();
    Files.writeString(file(), "{\"log\":");

    records().started("log+1+k", "sha256/g", Map.of());

    assertThat(changes()).hasSize(2);
  }

  @Test
  void doesNotStartUnrecorded() {
    log.close();
    KeyRecords records = records();

    assertThatThrownBy(() -> records.started("log+1+k", "sha256/g", Map.of()))
        .isInstanceOf(RuntimeException.class);

    assertThat(file()).doesNotExist();
  }

  @Test
  void namesTenantsByPseudonymAndKeysByTheirPublicPart() {
    records().issued("abc", "t_x");
    records().revoked("abc", "t_x");
    records().destroyed("t_x", 2);

    assertThat(changes())
        .containsExactly(
            "{\"apiKey\":\"abc\",\"change\":\"issued\",\"of\":\"t_x\",\"subject\":\"api-key\"}",
            "{\"apiKey\":\"abc\",\"change\":\"revoked\",\"of\":\"t_x\",\"subject\":\"api-key\"}",
            "{\"change\":\"destroyed\",\"keysRevoked\":2,\"of\":\"t_x\",\"subject\":\"salt-key\"}");
  }
}
