package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FilesHashTest {
  @Test
  void coversPathsLengthsAndBytesInTheOrderOfPaths() {
    byte[] written = "a\0003\0京b/c\0001\0x".getBytes(StandardCharsets.UTF_8);

    assertThat(FilesHash.ofTexts(Map.of("b/c", "x", "a", "京"))).isEqualTo(Sha256.hex(written));
  }

  @Test
  void tellsFilesApartThatReadTheSameInARow() {
    String one = FilesHash.ofTexts(Map.of("a", "1", "b", ""));
    String other = FilesHash.ofTexts(Map.of("a", "", "b", "1"));

    assertThat(one).isNotEqualTo(other).hasSize(64);
  }

  @Test
  void isTheSameOfTextsAndOfTheirBytes() {
    assertThat(FilesHash.of(Map.of("a", "京".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(FilesHash.ofTexts(Map.of("a", "京")));
  }
}
