package dejima.agent.builtin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GgufReaderTest {
  private static final byte[] SHIPPED = ModelFiles.shipped();
  private static final int HEADER = 40_000;

  @FuzzTest(maxDuration = "15s")
  void anyFileIsReadOrRefusedInWords(byte[] bytes) {
    assertReadOrRefused(bytes);
  }

  @FuzzTest(maxDuration = "15s")
  void anythingAfterAPlausibleBeginningIsReadOrRefusedInWords(byte[] bytes) {
    var file = ByteBuffer.allocate(24 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(1).putLong(1).put(bytes);
    assertReadOrRefused(file.array());
  }

  @Property(tries = 1500)
  void aDamagedModelIsReadOrRefusedInWords(
      @ForAll @IntRange(max = HEADER) int at, @ForAll @Size(min = 1, max = 8) byte[] damage) {
    byte[] file = Arrays.copyOf(SHIPPED, HEADER + 4096);
    System.arraycopy(damage, 0, file, at, damage.length);
    assertReadOrRefused(file);
  }

  @Property(tries = 300)
  void aModelThatEndsEarlyIsRefused(@ForAll @IntRange(max = 2_000_000) int length) {
    assertThatThrownBy(() -> LanguageModel.read(Arrays.copyOf(SHIPPED, length)))
        .isInstanceOf(MalformedModelException.class);
  }

  private static void assertReadOrRefused(byte[] bytes) {
    try {
      assertThat(LanguageModel.read(bytes).contextLength()).isPositive();
    } catch (MalformedModelException refused) {
      assertThat(refused).message().isNotBlank().hasSizeLessThan(400);
    }
  }

  @Test
  void readsTheShippedModel() {
    LanguageModel model = LanguageModel.read(SHIPPED);

    assertThat(model.name()).isEqualTo("builtin-selftest");
    assertThat(model.contextLength()).isEqualTo(512);
    assertThat(model.width()).isEqualTo(192);
    assertThat(model.digest()).hasSize(64);
  }

  @Test
  void refusesWhatIsNoGgufAndOtherVersions() {
    assertRefused(new byte[0], "not a GGUF file");
    assertRefused(
        "<!doctype html><html><body>".getBytes(StandardCharsets.UTF_8), "not a GGUF file");
    assertRefused(with(4, 2), "version 2");
  }

  @Test
  void refusesCountsBeyondTheFile() {
    assertRefused(with(8, -1), "tensors");
    assertRefused(with(16, Integer.MAX_VALUE), "metadata values");
    assertRefused(with(24, Integer.MAX_VALUE), "bytes of text");
  }

  @Test
  void refusesTensorTypesThatItCannotRead() {
    int type = find("token_embd.weight") + 4 + 16;

    assertRefused(with(type, 2), "tensor type 2 is not supported");
  }

  @Test
  void refusesTensorsOutsideTheFile() {
    int offset = find("output_norm.weight") + 4 + 8 + 4;

    assertRefused(with(offset, 0x7fffffe0), "lies outside the file");
    assertRefused(with(offset, 7), "lies outside the file");
  }

  private static byte[] with(int at, int value) {
    byte[] file = SHIPPED.clone();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return file;
  }

  private static int find(String name) {
    int at = new String(SHIPPED, StandardCharsets.ISO_8859_1).indexOf(name);
    assertThat(at).isPositive();
    return at + name.length();
  }

  private static void assertRefused(byte[] file, String words) {
    assertThatThrownBy(() -> LanguageModel.read(file))
        .isInstanceOf(MalformedModelException.class)
        .hasMessageContaining(words);
  }
}
