package dejima.audit.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.evidence.Checkpoint;
import dejima.evidence.Cosigner;
import dejima.evidence.NoteSecret;
import dejima.evidence.Quorum;
import dejima.evidence.Reading;
import dejima.evidence.SignatureType;
import dejima.evidence.SignedNote;
import dejima.evidence.VerificationKeys;
import dejima.evidence.tree.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// A monitor over logs that are honest and logs that are not.
final class MonitorTest {
  private static final Map<String, LogSource> NOBODY = Map.of();

  @TempDir private Path folder;

  private ServedLog log(String name, int history) {
    return new ServedLog(folder.resolve(name), history);
  }

  private static Monitor monitor(LogSource source, Map<String, LogSource> others) {
    return new Monitor(
        source, others, ServedLog.KEYS, Optional.empty(), Optional.empty(), ServedLog.CLOCK);
  }

  private static Followed sound(Monitor.Round round) {
    assertThat(round).isInstanceOf(Monitor.Round.Sound.class);
    return ((Monitor.Round.Sound) round).followed();
  }

  private static void alarmed(Monitor.Round round, Alarm.Kind kind) {
    assertThat(round).isInstanceOf(Monitor.Round.Alarmed.class);
    var alarm = (Monitor.Round.Alarmed) round;
    assertThat(alarm.alarm().kind()).as(alarm.alarm().text().en()).isEqualTo(kind);
    assertThat(alarm.evidence()).isNotEmpty();
    assertThat(alarm.alarm().text().ja()).isNotBlank();
  }

  @Test
  void followsAnHonestLogOverTileBoundariesAndRestarts() {
    try (var log = log("a", 1)) {
      Optional<Followed> before = Optional.empty();
      for (int entries : new int[] {1, 1, 200, 53, 1, 1, 300}) {
        log.grow(entries);
        var followed = sound(monitor(log, NOBODY).round(before));
        before = Optional.of(Followed.parse(followed.text().getBytes(UTF_8)).orThrow());
        assertThat(followed.head().size()).isEqualTo(log.log().head().size());
      }
    }
  }

  @Test
  void seesARollBack() {
    try (var log = log("a", 1).grow(5)) {
      byte[] early = log.required("checkpoint");
      log.grow(5);
      var before = sound(monitor(log, NOBODY).round(Optional.empty()));

      log.replace("checkpoint", early);

      alarmed(monitor(log, NOBODY).round(Optional.of(before)), Alarm.Kind.ROLLED_BACK);
    }
  }

  @Test
  void seesASplitViewOfTheSameSizeAndOfALargerOne() {
    try (var log = log("a", 1).grow(20);
        var other = log("b", 2).grow(20)) {
      var before = sound(monitor(log, NOBODY).round(Optional.empty()));

      alarmed(monitor(other, NOBODY).round(Optional.of(before)), Alarm.Kind.SPLIT_VIEW);
      other.grow(300);
      alarmed(monitor(other, NOBODY).round(Optional.of(before)), Alarm.Kind.SPLIT_VIEW);
    }
  }

  @Test
  void comparesVantagePoints() {
    try (var log = log("a", 1).grow(20);
        var other = log("b", 2).grow(10)) {
      LogSource stale = frozen(log);
      log.grow(5);

      sound(monitor(log, Map.of("stale", stale)).round(Optional.empty()));
      alarmed(monitor(log, Map.of("other", other)).round(Optional.empty()), Alarm.Kind.SPLIT_VIEW);
      alarmed(monitor(other, Map.of("more", log)).round(Optional.empty()), Alarm.Kind.ROLLED_BACK);
    }
  }

  private static LogSource frozen(ServedLog log) {
    byte[] checkpoint = log.required("checkpoint");
    return _ -> Optional.of(checkpoint);
  }

  @Test
  void seesAnEntryThatWasAlteredAndATileThatWas() {
    try (var log = log("a", 1).grow(300)) {
      log.damage("tile/entries/001.p/44");
      alarmed(monitor(log, NOBODY).round(Optional.empty()), Alarm.Kind.WRONG_ENTRIES);
    }
    for (String tile : List.of("tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1")) {
      try (var log = log(tile.replace('/', '-'), 1).grow(300)) {
        log.damage(tile);
        alarmed(monitor(log, NOBODY).round(Optional.empty()), Alarm.Kind.WRONG_TILES);
      }
    }
  }

  @Test
  void seesACutBundleAndAForeignSignature() {
    try (var log = log("a", 1).grow(5)) {
      log.replace("tile/entries/000.p/5", new byte[] {0, 33, 1});
      alarmed(monitor(log, NOBODY).round(Optional.empty()), Alarm.Kind.WRONG_ENTRIES);
      log.replace(
          "checkpoint",
          new String(log.required("checkpoint"), UTF_8).replace("\n5\n", "\n4\n").getBytes(UTF_8));
      alarmed(monitor(log, NOBODY).round(Optional.empty()), Alarm.Kind.SIGNATURE);
      log.replace("checkpoint", "<html>".getBytes(UTF_8));
      alarmed(monitor(log, NOBODY).round(Optional.empty()), Alarm.Kind.SIGNATURE);
    }
  }

  @Test
  void cannotJudgeALogThatLacksAFile() {
    try (var log = log("a", 1).grow(5)) {
      LogSource lacking = path -> path.equals("checkpoint") ? log.file(path) : Optional.empty();

      assertThatThrownBy(() -> monitor(lacking, NOBODY).round(Optional.empty()))
          .isInstanceOf(SourceUnavailable.class);
    }
  }

  @Test
  void demandsTheQuorumOfTheKeyFile() {
    var witness =
        new Cosigner(
            NoteSecret.generate("w.example/1", SignatureType.COSIGNATURE_ML_DSA_44, new Random(3)));
    var keys =
        new VerificationKeys(
            ServedLog.KEYS.logs(), List.of(witness.key()), new Quorum.Witness(witness.key()));
    try (var log = log("a", 1).grow(5);
        var other = log("b", 2).grow(3)) {
      var monitor =
          new Monitor(log, NOBODY, keys, Optional.empty(), Optional.empty(), ServedLog.CLOCK);
      var head = log.log().checkpoint();

      log.replace("checkpoint.cosigned", head.noteText().getBytes(UTF_8));
      alarmed(monitor.round(Optional.empty()), Alarm.Kind.QUORUM);
      log.log().witnessed(head.with(List.of(witness.cosign(head, ServedLog.CLOCK.instant()))));
      log.replace(
          "checkpoint.cosigned", log.log().witnessed().orElseThrow().noteText().getBytes(UTF_8));
      sound(monitor.round(Optional.empty()));
      var split = other.log().checkpoint();
      log.replace(
          "checkpoint.cosigned",
          split
              .with(List.of(witness.cosign(split, ServedLog.CLOCK.instant())))
              .noteText()
              .getBytes(UTF_8));
      alarmed(monitor.round(Optional.empty()), Alarm.Kind.SPLIT_VIEW);
    }
  }

  @Test
  void findsABrokenPromise() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    var later = InstantSource.offset(ServedLog.CLOCK, Duration.ofMinutes(2));
    var tenant = Optional.of(new TenantFolder(kept, List.of(), true));
    try (var log = log("a", 1).grow(5);
        var other = log("b", 2).grow(5)) {
      Files.writeString(kept.resolve("one.promise"), log.promise().headerValue());
      log.grow(1);
      sound(
          new Monitor(log, NOBODY, ServedLog.KEYS, tenant, Optional.empty(), later)
              .round(Optional.empty()));

      var short_ = new Monitor(other, NOBODY, ServedLog.KEYS, tenant, Optional.empty(), later);
      alarmed(short_.round(Optional.empty()), Alarm.Kind.BROKEN_PROMISE);
      var soon =
          new Monitor(other, NOBODY, ServedLog.KEYS, tenant, Optional.empty(), ServedLog.CLOCK);
      sound(soon.round(Optional.empty()));
      other.grow(10);
      alarmed(soon.round(Optional.empty()), Alarm.Kind.BROKEN_PROMISE);
    }
  }

  @Test
  void takesNothingForAPromiseOrReceiptThatIsNone() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    var tenant = Optional.of(new TenantFolder(kept, List.of(), true));
    try (var log = log("a", 1).grow(5)) {
      var monitor =
          new Monitor(log, NOBODY, ServedLog.KEYS, tenant, Optional.empty(), ServedLog.CLOCK);
      Files.writeString(kept.resolve("one.promise"), "v1;i=0");
      alarmed(monitor.round(Optional.empty()), Alarm.Kind.SIGNATURE);
      Files.delete(kept.resolve("one.promise"));
      Files.writeString(kept.resolve("receipt"), "c2sp.org/tlog-proof@v1\n");
      alarmed(monitor.round(Optional.empty()), Alarm.Kind.RECEIPT);
    }
  }

  @Test
  void tellsAStallOnlyToThoseWhoLimitIt() {
    try (var log = log("a", 1).grow(5)) {
      var before = Optional.of(sound(monitor(log, NOBODY).round(Optional.empty())));
      var later = InstantSource.offset(ServedLog.CLOCK, Duration.ofMinutes(11));
      var patient = Optional.of(Duration.ofMinutes(10));
      var limited = new Monitor(log, NOBODY, ServedLog.KEYS, Optional.empty(), patient, later);
      var unlimited =
          new Monitor(log, NOBODY, ServedLog.KEYS, Optional.empty(), Optional.empty(), later);

      alarmed(limited.round(before), Alarm.Kind.STALLED);
      sound(unlimited.round(before));
      log.grow(1);
      sound(limited.round(before));
    }
  }

  static Stream<String> states() {
    return Stream.of(
        "{\"checkpoint\":\"log.example/a\\n0\\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\\n\\n\u2014"
            + " log.example/a AAAAAAA=\\n\",\"edge\":[]}",
        "{}",
        "[]");
  }

  @MethodSource("states")
  @FuzzTest
  void aStateThatIsReadIsThatOfItsHead(@NotNull String text) {
    if (Followed.parse(text.getBytes(UTF_8)) instanceof Reading.Read<Followed>(Followed read)) {
      assertThat(read.edge().root()).isEqualTo(read.head().rootBytes());
    }
  }

  static Stream<byte[]> bundles() {
    return Stream.of(new byte[] {0, 1, 7, 0, 0}, new byte[] {0, 33, 1}, new byte[0]);
  }

  @MethodSource("bundles")
  @FuzzTest
  void aBundleHoldsAllItsEntriesOrIsRefused(byte @NotNull [] bundle) {
    var tiles = new Tiles(_ -> Optional.of(bundle), 2);
    try {
      assertThat(tiles.entries(TilePath.entries(0, 2))).hasSize(2);
    } catch (Alarm cut) {
      assertThat(cut.kind()).isEqualTo(Alarm.Kind.WRONG_ENTRIES);
    }
  }

  @Test
  void readsTheStateOfTheEmptyLog() {
    String empty = states().findFirst().orElseThrow();

    var followed = Followed.parse(empty.getBytes(UTF_8)).orThrow();

    assertThat(followed.head())
        .isEqualTo(
            Checkpoint.parse(SignedNote.parse(followed.note().noteText()).orThrow().text())
                .orThrow());
  }
}
