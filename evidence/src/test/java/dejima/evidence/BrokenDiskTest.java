package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.FaultyDisk.Fault;
import dejima.evidence.journal.Disk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BrokenDiskTest {
  private static final LogSettings SETTINGS =
      Specimen.settings()
          .withSegmentBytes(LogSettings.MIN_SEGMENT_BYTES)
          .withHeadInterval(Duration.ofMillis(20));

  @TempDir Path directory;

  private final FaultyDisk disk = new FaultyDisk();
  private final RequestIds ids = Specimen.ids(31);

  private EvidenceLog open(Disk on) {
    return Recovery.open(directory, SETTINGS, on);
  }

  private static void assertFails(EvidenceLog log, String id) {
    assertThatThrownBy(() -> Specimen.record(log, Specimen.refusal(id)))
        .hasCauseInstanceOf(AppendFailure.LogUnavailable.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "NO_FLUSH"})
  void refusesWhileItIsBrokenAndGoesOnWithoutAGap(Fault fault) {
    var kept = new ArrayList<String>();
    var refused = new ArrayList<String>();
    try (var log = open(disk)) {
      for (int round = 0; round < 5; round++) {
        kept.add(record(log));
        disk.set(fault);
        for (int i = 0; i < 3; i++) {
          refused.add(ids.next());
          assertFails(log, refused.getLast());
        }
        assertThat(log.state()).isInstanceOf(LogState.Failing.class);
        disk.set(Fault.NONE);
        kept.add(record(log));
        awaitWorking(log);
      }
      assertHolds(log, kept, refused);
    }
    try (var log = open(Disk.system())) {
      assertHolds(log, kept, refused);
    }
  }

  private static void awaitWorking(EvidenceLog log) {
    while (log.state() instanceof LogState.Failing) {
      Thread.onSpinWait();
    }
  }

  private String record(EvidenceLog log) {
    String id = ids.next();
    Specimen.record(log, Specimen.refusal(id));
    return id;
  }

  private static void assertHolds(EvidenceLog log, List<String> kept, List<String> refused) {
    var entries = kept.stream().flatMap(id -> log.find(id).stream()).toList();
    assertThat(entries).hasSameSizeAs(kept);
    EvidenceLogContract.assertChained(entries);
    assertThat(refused).allMatch(id -> log.find(id).isEmpty());
    EvidenceLogContract.awaitHead(log, kept.size());
    assertThat(log.head().size()).isEqualTo(kept.size());
  }

  @Test
  void bringsNothingBackThatItRefusedWhenTheProcessDiesBroken() {
    var kept = new ArrayList<String>();
    var refused = new ArrayList<String>();
    var log = open(disk);
    kept.add(record(log));
    disk.set(Fault.FULL);
    refused.add(ids.next());
    assertFails(log, refused.getLast());
    log.close();

    try (var again = open(Disk.system())) {
      assertHolds(again, kept, refused);
    }
  }

  @Test
  void refusesWhenNoNewSegmentCanBeMadeAndGoesOnWhenItCan() {
    var kept = new ArrayList<String>();
    try (var log = open(disk)) {
      disk.set(Fault.GONE);
      String id = ids.next();
      while (recorded(log, id)) {
        kept.add(id);
        id = ids.next();
      }
      assertFails(log, ids.next());
      disk.set(Fault.NONE);
      kept.add(eventually(log));
      kept.add(record(log));

      assertThat(kept).hasSizeGreaterThan(20);
      assertHolds(log, kept, List.of(id));
    }
    try (var log = open(Disk.system())) {
      assertHolds(log, kept, List.of());
    }
  }

  private static boolean recorded(EvidenceLog log, String id) {
    try {
      Specimen.record(log, Specimen.refusal(id));
      return true;
    } catch (java.util.concurrent.CompletionException e) {
      assertThat(e).hasCauseInstanceOf(AppendFailure.LogUnavailable.class);
      return false;
    }
  }

  /// The log does not try for a new segment at every append.
  private String eventually(EvidenceLog log) {
    while (true) {
      String id = ids.next();
      if (recorded(log, id)) {
        return id;
      }
    }
  }
}
