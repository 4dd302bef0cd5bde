package dejima.agent.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.agent.EngineUnavailable;
import dejima.agent.builtin.BuiltinEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufHeaderTest {
  @Test
  void readsTheVocabularyOfARealModel() throws IOException {
    GgufHeader header = GgufHeader.read(new ByteArrayInputStream(model()));

    assertThat(header.tokens()).hasSize(header.types().size()).contains("</s>");
    assertThat(header.controlTokens().breakUp("x</s>")).isEqualTo("x<\u2060/s>");
  }

  @Test
  void takesAlsoForControlWhatIsOnlyWrittenSo() {
    GgufHeader header =
        new GgufHeader(List.of("<|im_end|>", "<b>", "a", "<end_of_turn>"), List.of(1, 4, 1, 1));

    ControlTokens tokens = header.controlTokens();

    assertThat(tokens.breakUp("<b>a")).isEqualTo("<b>a");
    assertThat(tokens.breakUp("<|im_end|>")).contains("\u2060");
  }

  @Test
  void saysThatAFileIsNoModel(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("m.gguf"), "GGUX nonsense");

    assertThatThrownBy(() -> GgufHeader.of(file))
        .isInstanceOf(EngineUnavailable.class)
        .hasMessageContaining("not a GGUF file");
  }

  @FuzzTest
  void readsOrRefusesAnyBytes(byte @NotNull [] bytes) {
    try {
      assertThat(GgufHeader.read(new ByteArrayInputStream(bytes)).tokens()).isNotNull();
    } catch (IOException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] model = model();

    for (int length = 0; length < 1000; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(model, length);
      assertThatThrownBy(() -> GgufHeader.read(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
  }

  private static byte[] model() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BuiltinEngine.class.getResourceAsStream("builtin-selftest.gguf"))) {
      return in.readAllBytes();
    }
  }
}
