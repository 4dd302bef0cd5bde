package dejima.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
  @TempDir private Path directory;

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }

  @Test
  void replacesAWholeFileThatOnlyItsOwnerReads() throws IOException {
    Path file = directory.resolve("secret");
    DurableFile.replace(file, "one");
    DurableFile.replace(file, "二");

    assertThat(Files.readString(file)).isEqualTo("二");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void leavesTheOldFileAndNoDraftWhenItFails() throws IOException {
    Path taken = Files.createDirectories(directory.resolve("taken"));
    Files.writeString(taken.resolve("inside"), "x");

    assertThatThrownBy(() -> DurableFile.replace(taken, "y")).isInstanceOf(IOException.class);

    assertThat(taken.resolve("inside")).hasContent("x");
    assertThat(files()).isEqualTo(1);
  }
}
