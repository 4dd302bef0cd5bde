package dejima.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dejima.evidence.NoteKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path home;

  @Test
  void isOwnedByOneAtATime() {
    try (DataDirectory held = DataDirectory.open(home.resolve("data"))) {
      assertThatExceptionOfType(DataDirectory.DirectoryInUse.class)
          .isThrownBy(() -> DataDirectory.open(home.resolve("data")))
          .withMessageContaining("another Dejima");
      assertThat(held.publicLog()).startsWithRaw(home);
    }
    DataDirectory.open(home.resolve("data")).close();
  }

  @Test
  void keepsTheLogsKeyForItsOwnerAlone() throws IOException {
    try (DataDirectory data = DataDirectory.open(home)) {
      NoteKey first = data.keys().current("example.jp/log", new Random(1)).key();
      NoteKey again = data.keys().current("example.jp/log", new Random(2)).key();

      assertThat(again).isEqualTo(first);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.resolve("evidence.key"))))
          .isEqualTo("rw-------");
      assertThat(home.resolve("evidence.pub"))
          .content()
          .contains("example.jp/log")
          .doesNotContain("PRIVATE");
    }
  }

  @Test
  void doesNotReplaceADamagedKey() throws IOException {
    Files.writeString(home.resolve("evidence.key"), "");
    try (DataDirectory data = DataDirectory.open(home)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> data.keys().current("example.jp/log", new Random(1)))
          .withMessageContaining("backup");
    }
  }

  @Test
  void saysWhichDirectoryCannotBeUsed() throws IOException {
    Files.writeString(home.resolve("file"), "");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> DataDirectory.open(home.resolve("file")))
        .withMessageContaining("file");
  }
}
