package dejima.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {
  @TempDir private Path data;

  @Test
  void isMadeOnceForItsOwnerAlone() throws IOException {
    AdminToken first = AdminToken.in(data, new Random(1));
    AdminToken again = AdminToken.in(data, new Random(2));

    assertThat(again.text()).isEqualTo(first.text()).matches("[0-9a-f]{64}");
    assertThat(first.matches(again.text())).isTrue();
    assertThat(first.matches(first.text() + "0")).isFalse();
    assertThat(first.matches("")).isFalse();
    assertThat(first.toString()).doesNotContain(first.text());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve(AdminToken.FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void isNeverTheEmptyWordOfAFileThatWasCutShort() throws IOException {
    Files.writeString(data.resolve(AdminToken.FILE), "\n");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AdminToken.in(data, new Random(1)))
        .withMessageContaining(AdminToken.FILE);
  }
}
