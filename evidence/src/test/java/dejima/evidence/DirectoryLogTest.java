package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.tree.Merkle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLogTest extends EvidenceLogContract {
  private static final LogSettings SMALL =
      Specimen.settings()
          .withSegmentBytes(LogSettings.MIN_SEGMENT_BYTES)
          .withHeadInterval(Duration.ofMillis(20));

  @TempDir Path directory;

  @Override
  EvidenceLog open(LogSettings settings) {
    return EvidenceLog.inDirectory(
        directory, settings.withSegmentBytes(1 << 20).withHeadInterval(Duration.ofMillis(20)));
  }

  private EvidenceLog reopen() {
    return EvidenceLog.inDirectory(directory, SMALL);
  }

  private static List<String> backwards(EvidenceLog log) {
    var found = new ArrayList<String>();
    long below = Long.MAX_VALUE;
    while (below > 0) {
      below =
          log.readBack(
              below,
              Specimen.CLOCK.instant(),
              (kind, _) -> kind == Kind.OUTCOME,
              entry -> found.add(entry.body().string("id").orElseThrow()));
    }
    return found;
  }

  @Test
  void goesOnAcrossSegmentsAndRestarts() {
    var ids = Specimen.ids(20);
    var requests = new ArrayList<String>();
    for (int round = 0; round < 4; round++) {
      try (var log = reopen()) {
        for (int i = 0; i < 100; i++) {
          requests.add(Specimen.request(log, ids.next(), 1));
        }
      }
    }

    try (var log = reopen()) {
      assertThat(log.head().size()).isEqualTo(800);
      assertThat(scanned(log, Instant.EPOCH, (kind, _) -> kind == Kind.OUTCOME))
          .isEqualTo(requests);
      assertChained(requests.stream().flatMap(id -> log.find(id).stream()).toList());
      assertThat(journal(".journal")).hasSizeGreaterThan(10);
      assertThat(backwards(log)).isEqualTo(requests.reversed());
      assertThat(journal(".snapshot")).hasSizeLessThanOrEqualTo(2);
      var ready =
          (ReceiptResult.Ready) log.receipt(requests.get(3), Specimen.SALT, Specimen.ATTACHED);
      assertThat(ReceiptVerifier.verify(ready.receipt().bytes(), Specimen.KEYS, Specimen.REPLAY))
          .isInstanceOf(Verification.Verified.class);
    }
  }

  private List<Path> journal(String suffix) {
    try (var files = Files.list(directory.resolve("journal"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void closesWhatAStoppedProcessLeftOpen() {
    String id = Specimen.ids(21).next();
    try (var log = reopen()) {
      Specimen.record(log, Specimen.intent(id, 1));
      Specimen.record(log, Specimen.intent(id, 2));
    }

    try (var log = reopen()) {
      var end = log.find(id).getLast();
      assertThat(end.is(Kind.OUTCOME)).isTrue();
      assertThat(end.body().string("finish")).contains("unknown");
      awaitHead(log, 3);
      var ready = (ReceiptResult.Ready) log.receipt(id, Specimen.SALT, Specimen.ATTACHED);
      assertThat(ReceiptVerifier.verify(ready.receipt().bytes(), Specimen.KEYS, Specimen.REPLAY))
          .isInstanceOf(Verification.Verified.class);
    }
    try (var log = reopen()) {
      assertThat(log.find(id)).hasSize(3);
    }
  }

  @Test
  void publishesTilesThatHashToTheCheckpoint() throws IOException {
    try (var log = reopen()) {
      var ids = Specimen.ids(22);
      IntStream.range(0, 300).forEach(i -> Specimen.record(log, Specimen.refusal(ids.next())));
      awaitHead(log, 300);
    }
    var folder = directory.resolve("public");

    var note = SignedNote.parse(Files.readString(folder.resolve("checkpoint"))).orThrow();
    var checkpoint = Checkpoint.parse(note.text()).orThrow();
    byte[] full = Files.readAllBytes(folder.resolve("tile/entries/000"));
    byte[] partial = Files.readAllBytes(folder.resolve("tile/entries/001.p/44"));

    assertThat(checkpoint.size()).isEqualTo(300);
    var leaves = new ArrayList<byte[]>();
    for (byte[] bundle : List.of(full, partial)) {
      for (int at = 0; at < bundle.length; at += 35) {
        assertThat(HexFormat.of().formatHex(bundle, at, at + 3)).isEqualTo("002101");
        leaves.add(Merkle.leafHash(java.util.Arrays.copyOfRange(bundle, at + 2, at + 35)));
      }
    }
    assertThat(Merkle.root(leaves)).isEqualTo(checkpoint.rootBytes());
    assertThat(Files.size(folder.resolve("tile/0/000"))).isEqualTo(8192);
    assertThat(Files.size(folder.resolve("tile/0/001.p/44"))).isEqualTo(44 * 32);
    assertThat(Files.size(folder.resolve("tile/1/000.p/1"))).isEqualTo(32);
    assertThat(folder.resolve("tile/0/000.p")).doesNotExist();
  }

  @Test
  void cutsATornTailWhereverTheCrashCame() throws IOException {
    var ids = Specimen.ids(23);
    try (var log = reopen()) {
      IntStream.range(0, 5).forEach(i -> Specimen.record(log, Specimen.refusal(ids.next())));
    }
    Files.delete(directory.resolve("public/checkpoint"));
    var file = journal(".journal").getLast();
    byte[] whole = Files.readAllBytes(file);
    int end = end(whole);

    for (int cut = end - 500; cut < end; cut += 37) {
      byte[] torn = whole.clone();
      java.util.Arrays.fill(torn, cut, torn.length, (byte) 0);
      Files.write(file, torn);
      Files.deleteIfExists(directory.resolve("public/checkpoint"));
      try (var log = reopen()) {
        long size = log.head().size();
        assertThat(size).isEqualTo(4);
        String id = ids.next();
        Specimen.record(log, Specimen.refusal(id));
        assertThat(log.find(id).getFirst().body().integer("sequence")).contains(5L);
      }
    }
  }

  private static int end(byte[] file) {
    int end = file.length;
    while (file[end - 1] == 0) {
      end--;
    }
    return end;
  }

  @Test
  void staysShutWhenWhatWasSignedIsGone() throws IOException {
    var ids = Specimen.ids(24);
    try (var log = reopen()) {
      IntStream.range(0, 5).forEach(i -> Specimen.record(log, Specimen.refusal(ids.next())));
    }
    var file = journal(".journal").getLast();
    byte[] whole = Files.readAllBytes(file);
    whole[end(whole) - 1] ^= 1;
    Files.write(file, whole);

    assertThatThrownBy(this::reopen)
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("a tree of 5 entries was signed, the journal has 4");
  }

  @Test
  void staysShutWhenTheCheckpointIsOfAnotherTree() throws IOException {
    try (var log = reopen()) {
      Specimen.record(log, Specimen.refusal(Specimen.ids(25).next()));
    }
    var other = new Checkpoint(Specimen.SIGNER.keyName(), 1, new byte[32]);
    String note = other.signed(Specimen.SIGNER).noteText();
    Files.writeString(directory.resolve("public/checkpoint"), note, StandardCharsets.UTF_8);

    assertThatThrownBy(this::reopen).isInstanceOf(DamagedLogException.class);
  }

  @Test
  void belongsToOneProcess() {
    try (var log = reopen()) {
      assertThat(log.state()).isEqualTo(new LogState.Working());
      assertThatThrownBy(this::reopen).isInstanceOf(UncheckedIOException.class);
    }
  }
}
