package dejima.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFolderTest {
  @TempDir private Path home;

  @Test
  void writesEveryFileAndLeavesNoDraft() throws IOException {
    Path folder = home.resolve("kept/abc");

    DurableFolder.create(folder, Map.of("a.json", "A", "rules/b.cel", "規則"));

    assertThat(folder.resolve("a.json")).hasContent("A");
    assertThat(folder.resolve("rules/b.cel")).hasContent("規則");
    assertThat(home.resolve("kept")).isDirectoryNotContaining("glob:**.draft");
  }

  @Test
  void takesNothingFromADraftThatACrashLeft() throws IOException {
    Path left = Files.createDirectories(home.resolve("abc.draft"));
    Files.writeString(left.resolve("half"), "hal");

    DurableFolder.create(home.resolve("abc"), Map.of("a.json", "A"));

    assertThat(home.resolve("abc/half")).doesNotExist();
    assertThat(home.resolve("abc/a.json")).hasContent("A");
  }

  @Test
  void replacesNoFolderThatHoldsFiles() throws IOException {
    Path folder = home.resolve("abc");
    DurableFolder.create(folder, Map.of("a.json", "A"));

    assertThatThrownBy(() -> DurableFolder.create(folder, Map.of("a.json", "B")))
        .isInstanceOf(IOException.class);

    assertThat(folder.resolve("a.json")).hasContent("A");
  }
}
