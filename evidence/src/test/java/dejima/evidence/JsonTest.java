package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  private static Reading<Json> read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String canonical(String text) {
    return read(text).orThrow().canonicalText();
  }

  @Test
  void rendersTheExampleOfTheRfc() {
    // RFC 8785 §3.2.2 and §3.2.3
    String text =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;

    assertThat(canonical(text))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void sortsNamesByUtf16CodeUnits() {
    // RFC 8785 §3.2.3: the supplementary character sorts before U+FB33
    String text =
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";

    assertThat(canonical(text))
        .isEqualTo(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }

  /// RFC 8785 appendix B.
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void rendersNumbersAsEcmaScriptDoes(String bits, String text) {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

    assertThat(Json.of(number).canonicalText()).isEqualTo(text);
  }

  @Property(tries = 20_000)
  void everyNumberReadsBackAsItself(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      String text = Json.of(number).canonicalText();

      assertThat(Double.parseDouble(text)).isEqualTo(number == 0 ? 0.0 : number);
      assertThat(new BigDecimal(text).stripTrailingZeros().precision())
          .isLessThanOrEqualTo(
              new BigDecimal(Double.toString(number)).stripTrailingZeros().precision());
    }
  }

  @Property(tries = 2_000)
  void everyTextReadsBackAsItself(@ForAll String text) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      var json = Json.object().put("k", text).put(text + "x", List.of().size()).build();

      assertThat(Json.read(json.canonicalBytes()).orThrow()).isEqualTo(json);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e999",
        "-1e999",
        "0x1",
        "NaN",
        "Infinity",
        "nul",
        "truefalse",
        "1 2",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"",
        "[1",
        "\"\\",
        "\ufeff1",
        "'a'",
        "[1]]",
        "/**/1"
      })
  void refusesWhatIsNotStrictJson(String text) {
    assertThat(read(text)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void refusesWhatIsNotUtf8OrTooLongOrTooDeep() {
    assertThat(Json.read(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(Json.read(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(Json.read(new byte[] {'1', '2'}, 1)).isInstanceOf(Reading.Unreadable.class);
    assertThat(read("[".repeat(65) + "]".repeat(65))).isInstanceOf(Reading.Unreadable.class);
    assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Reading.Read.class);
  }

  @Test
  void refusesValuesWithoutACanonicalForm() {
    assertThatThrownBy(() -> Json.of(1L << 53)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.of("\ud800")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.object().put("a", 1).put("a", 2).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void putsPreparedFragmentsInPlace() {
    var inner = Json.object().put("b", 2).put("a", "é").build();

    var outer = Json.object().put("x", Json.Canonical.of(inner)).build();

    assertThat(outer.canonicalText()).isEqualTo("{\"x\":{\"a\":\"é\",\"b\":2}}");
    assertThat(Json.read(outer.canonicalBytes()).orThrow().canonicalBytes())
        .isEqualTo(outer.canonicalBytes());
  }

  static Stream<byte[]> texts() {
    return Stream.of(
            "{\"a\":[1,-2.5e-7,\"\\u00e9\\ud83d\\ude00\",null,true,{}]}", "[[[[]]]]", "1e21")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("texts")
  @FuzzTest
  void whatIsReadHasOneCanonicalForm(byte @NotNull [] bytes) {
    if (Json.read(bytes) instanceof Reading.Read<Json>(Json json)) {
      byte[] canonical = json.canonicalBytes();

      assertThat(Json.read(canonical).orThrow().canonicalBytes()).isEqualTo(canonical);
    }
  }
}
