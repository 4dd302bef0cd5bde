package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
  @Property
  void whateverThePortionsTheTextIsTheSameAndNoCharacterIsCut(
      @ForAll String any,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 4) Integer> cuts) {
    byte[] bytes = any.getBytes(StandardCharsets.UTF_8);
    var text = new Utf8Text();
    var all = new StringBuilder();

    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      int next = Math.min(bytes.length, at + cuts.get(i % cuts.size()));
      String piece = text.append(Arrays.copyOfRange(bytes, at, next));
      assertThat(piece)
          .isEqualTo(new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      all.append(piece);
      at = next;
    }

    assertThat(all.toString()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void keepsBackACharacterUntilItsLastByte() {
    var text = new Utf8Text();

    assertThat(text.append(new byte[] {(byte) 0xe5})).isEmpty();
    assertThat(text.append(new byte[] {(byte) 0x87})).isEmpty();
    assertThat(text.append(new byte[] {(byte) 0xba, 'A'})).isEqualTo("出A");
  }

  @Test
  void replacesBytesThatCanBeNoCharacter() {
    assertThat(new Utf8Text().append(new byte[] {(byte) 0xff, 'A'})).isEqualTo("\ufffdA");
  }
}
