package dejima.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
  @Test
  void quotesEverything() {
    assertThat(Csv.line(List.of("a", "b,\"c\"", "", "改\n行")))
        .isEqualTo("\"a\",\"b,\"\"c\"\"\",\"\",\"改\n行\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(\"http://evil.example\")",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "\r\n=1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b@x",
        "\u0000=1",
        "＝１",
        "＋１",
        "－１",
        "＠x",
        "|calc",
        "%0A"
      })
  void runsNothingInASpreadsheet(String text) {
    assertThat(Csv.cell(text)).startsWith("\"'");
  }

  static Stream<String> cells() {
    return Stream.of("=1", "a\"b", "さくら");
  }

  @MethodSource("cells")
  @FuzzTest
  void aCellKeepsItsTextAndItsBounds(@NotNull String text) {
    String cell = Csv.cell(text);

    String inside = cell.substring(1, cell.length() - 1);
    assertThat(inside.replace("\"\"", "")).doesNotContain("\"");
    String read = inside.replace("\"\"", "\"");
    assertThat(List.of(text, "'" + text)).contains(read);
  }
}
