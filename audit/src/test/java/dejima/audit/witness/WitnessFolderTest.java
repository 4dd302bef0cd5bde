package dejima.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.Cosigner;
import dejima.evidence.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessFolderTest {
  @TempDir private Path path;

  @Test
  void keepsItsKeysToItself() throws IOException {
    var folder = new WitnessFolder(path.resolve("w"));

    var keys = folder.create("w.example/1", new Random(1));

    assertThat(folder.cosigners()).extracting(Cosigner::key).isEqualTo(keys);
    assertThat(folder.logs()).isEmpty();
    assertThat(Files.getPosixFilePermissions(path.resolve("w/witness.key")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThatThrownBy(() -> folder.create("w.example/1", new Random(2)))
        .hasMessageContaining("already");
  }

  @Test
  void takesNoNameThatItCouldNotSignWith() {
    var folder = new WitnessFolder(path.resolve("w"));

    assertThatThrownBy(() -> folder.create("w.example/" + "あ".repeat(82), new Random(1)))
        .hasMessageContaining("255 bytes");
    assertThat(path.resolve("w")).doesNotExist();
    assertThat(folder.create("w.example/" + "あ".repeat(81), new Random(1))).hasSize(2);
  }

  @Test
  void saysWhichLineOfTheListIsWrong() throws IOException {
    var folder = new WitnessFolder(path);
    NoteKey witness = folder.create("w.example/1", new Random(1)).getFirst();
    var log = new GrowingLog("log.example/a", 1);
    Files.writeString(path.resolve("logs"), log.key().text() + "\n", StandardOpenOption.APPEND);
    assertThat(folder.logs()).containsExactly(log.key());

    Files.writeString(path.resolve("logs"), "nonsense\n", StandardOpenOption.APPEND);
    assertThatThrownBy(folder::logs).hasMessageContaining("line 4");
    Files.writeString(path.resolve("logs"), witness.text() + "\n");
    assertThatThrownBy(folder::logs).hasMessageContaining("keys of logs");
  }

  @Test
  void letsOneProcessAtATimeUseIt() throws IOException {
    var folder = new WitnessFolder(path);
    try (var lock = folder.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(folder::lock).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void keysGiveWayToOthersInTwoStepsAndStayCheckable() {
    var folder = new WitnessFolder(path);
    var first = folder.create("w.example", new Random(1));

    var all = folder.rotate(new Random(2));

    assertThat(all).hasSize(4).startsWith(first.get(0), first.get(1));
    assertThat(folder.cosigners().stream().map(Cosigner::key).toList()).isEqualTo(all);
    assertThatThrownBy(() -> folder.rotate(new Random(3))).hasMessageContaining("retire-key");

    folder.retire();

    assertThat(folder.cosigners().stream().map(Cosigner::key).toList())
        .isEqualTo(all.subList(2, 4));
    assertThat(folder.keys()).isEqualTo(all);
    assertThatThrownBy(folder::retire).hasMessageContaining("rotate-key");
  }

  @Test
  void oldKeysStayUntilTheNewOnesHaveCosigned() {
    var folder = new WitnessFolder(path);
    folder.create("w.example", new Random(1));
    var log = new GrowingLog("log.example/a", 1).grow(1);
    var cosigned = folder.cosigners().getFirst().cosign(log.head(1), GrowingLog.CLOCK.instant());
    folder.memory().keep("log.example/a", log.head(1).with(List.of(cosigned)));
    folder.rotate(new Random(2));

    assertThatThrownBy(folder::retire).hasMessageContaining("cosigned nothing yet");
  }
}
