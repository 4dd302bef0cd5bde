package dejima.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.server.export.TarReader.Malformed;
import dejima.server.files.Scratch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarTest {
  private static final long ENOUGH = 1 << 20;

  @TempDir private Path directory;

  private byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(bytes);
    Path file = directory.resolve("content");
    for (String name : names) {
      byte[] content = new byte[name.length() * 97];
      new Random(name.length()).nextBytes(content);
      Files.write(file, content);
      tar.add(name, file);
    }
    tar.end();
    return bytes.toByteArray();
  }

  private int unpack(byte[] archive) throws Malformed {
    return new TarReader(new ByteArrayInputStream(archive), ENOUGH)
        .unpack(directory.resolve("out"));
  }

  private void assertRefused(byte[] archive, String because) {
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(because);
  }

  @Test
  void unpacksWhatWasPacked() throws IOException, Malformed {
    assertThat(unpack(archive("a", "log/tile/0/x001/067.p/8", "receipts/2026-11-21/r.txt")))
        .isEqualTo(3);

    byte[] expected = new byte["log/tile/0/x001/067.p/8".length() * 97];
    new Random(23).nextBytes(expected);
    assertThat(directory.resolve("out/log/tile/0/x001/067.p/8")).hasBinaryContent(expected);
  }

  @Test
  void refusesNamesThatLeadElsewhere() throws IOException {
    for (String name : List.of("../x", "/etc/x", "a/../../x", ".hidden", "a//b", "a b", "-/./x")) {
      assertRefused(archive(name), "name");
    }
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void refusesAFileTwiceAndAFileBelowAFile() throws IOException {
    assertRefused(archive("a", "a"), "twice");
  }

  @Test
  void refusesEverythingButPlainFiles() throws IOException {
    byte[] link = archive("a");
    link[156] = '2';
    System.arraycopy(
        "%06o\0 "
            .formatted(TarWriter.checksum(Arrays.copyOf(link, 512)))
            .getBytes(StandardCharsets.US_ASCII),
        0,
        link,
        148,
        8);

    assertRefused(link, "plain files");
  }

  @Test
  void refusesWhatIsCutAnywhere() throws IOException {
    byte[] whole = archive("a", "b/c");
    for (int length : new int[] {0, 100, 511, 512, 600, 1_100, whole.length - 1_024}) {
      assertRefused(Arrays.copyOf(whole, length), "truncated");
      Scratch.delete(directory.resolve("out"));
    }
  }

  @Test
  void refusesMoreThanItMayTake() throws IOException {
    byte[] archive = archive("a".repeat(90));

    assertThatThrownBy(() ->
            new TarReader(new ByteArrayInputStream(archive), 100).unpack(directory.resolve("out")))
        .hasMessageContaining("more than");
  }

  @Test
  void refusesWhatFollowsTheEnd() throws IOException {
    byte[] whole = archive("a");
    byte[] more = Arrays.copyOf(whole, whole.length + 700);
    more[more.length - 1] = 1;

    assertRefused(more, "follows the end");
    Scratch.delete(directory.resolve("out"));
    assertRefused(Arrays.copyOf(whole, whole.length + (1 << 20)), "follows the end");
  }

  @Test
  void refusesAHeaderThatClaimsMoreThanAnExportHolds() throws IOException {
    byte[] huge = archive("a");
    byte[] size = "77777777777\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, huge, 124, size.length);
    System.arraycopy(
        "%06o\0 "
            .formatted(TarWriter.checksum(Arrays.copyOf(huge, 512)))
            .getBytes(StandardCharsets.US_ASCII),
        0,
        huge,
        148,
        8);

    assertRefused(huge, "too long");
  }

  @FuzzTest
  void writesNothingOutsideItsDirectory(byte[] archive) throws IOException {
    Path home = Files.createTempDirectory("tar");
    try {
      new TarReader(new ByteArrayInputStream(archive), ENOUGH).unpack(home.resolve("out"));
    } catch (Malformed refused) {
      assertThat(refused.getMessage()).isNotBlank();
    } finally {
      assertThat(home.toFile().list()).isSubsetOf("out");
      Scratch.delete(home);
    }
  }
}
