package dejima.residency;

import static dejima.residency.Bundles.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleDirectoryTest {
  @TempDir Path temporary;
  private Path bundle = Path.of("");

  @BeforeEach
  void writeASoundBundle() throws IOException {
    bundle = write(temporary.resolve("bundle"), Bundles.permissive());
  }

  static Path write(Path directory, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(target.resolve("..").normalize());
      Files.writeString(target, file.getValue());
    }
    return directory;
  }

  @Test
  void readsTheSameBundleAsFromItsTexts() {
    PolicyBundle read = Bundles.loaded(PolicyBundle.load(bundle));

    assertThat(read.hash()).isEqualTo(Bundles.loaded(Bundles.permissive()).hash());
    assertThat(read.files()).isEqualTo(Bundles.permissive());
  }

  @Test
  void passesOverHiddenEntriesAtTheTop() throws IOException {
    Files.createDirectories(bundle.resolve(".git"));
    Files.writeString(bundle.resolve(".git/config"), "x");

    assertThat(problems(PolicyBundle.load(bundle))).isEmpty();
  }

  @Test
  void refusesHiddenRules() throws IOException {
    Files.writeString(bundle.resolve("rules/.q.cel"), "true");

    assertThat(problems(PolicyBundle.load(bundle)))
        .singleElement()
        .asString()
        .startsWith("rules/.q.cel:1:1: has no place in a bundle");
  }

  @Test
  void refusesLinksThatLeaveTheDirectory() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside"), "secret");
    Files.createSymbolicLink(bundle.resolve("rules/x.cel"), outside);
    Files.createSymbolicLink(bundle.resolve("theorems"), temporary);
    Files.createSymbolicLink(bundle.resolve("signatures"), Path.of("nowhere"));

    assertThat(problems(PolicyBundle.load(bundle)))
        .containsExactly(
            "rules/x.cel:1:1: a link must lead to something inside the bundle",
            "signatures:1:1: a link must lead to something inside the bundle",
            "theorems:1:1: a link must lead to something inside the bundle");
  }

  @Test
  void followsLinksInsideAsMountedConfigurationsHaveThem() throws IOException {
    Path mount = temporary.resolve("mount");
    write(mount.resolve("..2026"), Bundles.permissive());
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026"));
    Files.createSymbolicLink(mount.resolve("rules"), Path.of("..data/rules"));
    Files.createSymbolicLink(
        mount.resolve("bundle.properties"), Path.of("..data/bundle.properties"));

    assertThat(Bundles.loaded(PolicyBundle.load(mount)).files()).isEqualTo(Bundles.permissive());
  }

  @Test
  void placesInvalidUtf8() throws IOException {
    byte[] start = "// id: あい\n// あ".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(start, start.length + 1);
    bytes[start.length] = (byte) 0xFF;
    Files.write(bundle.resolve("rules/p.cel"), bytes);
    Files.write(bundle.resolve("bundle.properties"), new byte[] {'#', (byte) 0xC3});

    assertThat(problems(PolicyBundle.load(bundle)))
        .contains(
            "bundle.properties:1:2: is not UTF-8 from here on",
            "rules/p.cel:2:5: is not UTF-8 from here on")
        .noneMatch(problem -> problem.contains("missing") && problem.contains("file"));
  }

  @Test
  void refusesOversizedFilesAndStrangeEntries() throws IOException {
    Files.write(bundle.resolve("theorems-too-large"), new byte[65_537]);
    Files.createDirectories(bundle.resolve("rules/deeper"));

    assertThat(problems(PolicyBundle.load(bundle)))
        .containsExactly(
            "rules/deeper:1:1: is neither a file nor a known directory",
            "theorems-too-large:1:1: is longer than 65536 bytes");
  }

  @Test
  void refusesWhatIsNoDirectory() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");

    assertThat(problems(PolicyBundle.load(file))).first().asString().contains("cannot be read");
    assertThat(problems(PolicyBundle.load(temporary.resolve("absent"))))
        .first()
        .asString()
        .contains("cannot be read");
  }
}
