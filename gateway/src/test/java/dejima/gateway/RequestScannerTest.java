package dejima.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestScannerTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static RequestOutline read(String body) {
    return switch (RequestScanner.scan(body.getBytes(UTF_8))) {
      case BodyReading.Read(RequestOutline outline) -> outline;
      case BodyReading.Unreadable(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String refused(byte[] body) {
    return switch (RequestScanner.scan(body)) {
      case BodyReading.Read(RequestOutline outline) -> throw new AssertionError(outline);
      case BodyReading.Unreadable(String reason) -> reason;
    };
  }

  @Test
  void readsWhatTheGatewayDecidesBy() {
    RequestOutline outline =
        read(
            """
            {"model":"qwen","stream":true,"stream_options":{"x":[1],"include_usage":true},
             "max_tokens":12,"max_completion_tokens":40,"messages":[{"role":"user","content":"やあ"}],
             "unknown":{"deep":[null,-1.5e-3,false]}}
            """);

    assertThat(outline)
        .isEqualTo(new RequestOutline(Optional.of("qwen"), true, true, 40, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"stream\":null} ",
        "{\"stream_options\":null,\"max_tokens\":null}",
        "{\"stream_options\":{}}",
        "{\"stream_options\":{\"include_usage\":null}}",
        "{\"messages\":[]}",
        "{\"urls\":[]}",
        "{\"a\":0,\"b\":-0.0,\"c\":1E+2,\"d\":\"\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\\\\\"\"}",
        "{\"max_tokens\":-5}",
        "{\"\":{\"\":[]}}",
      })
  void readsOddButSoundBodies(String body) {
    assertThat(read(body))
        .isEqualTo(new RequestOutline(Optional.empty(), false, false, 0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "null",
        "\"text\"",
        "1",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{} {}",
        "{}x",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":True}",
        "{\"a\":nul}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":\"\\u",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[}",
        "{\"a\":]}",
        "\ufeff{}",
        "{\"a\":1}/*c*/",
        "{\"stream_options\":{\"a\":1,}}",
        "{\"url\":[\"a\",]}",
      })
  void refusesWhatIsNotJson(String body) {
    assertThat(refused(body.getBytes(UTF_8))).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":1}|'model' must be a string.",
        "{\"model\":null}|'model' must be a string.",
        "{\"stream\":1}|'stream' must be true or false.",
        "{\"stream\":\"true\"}|'stream' must be true or false.",
        "{\"stream_options\":[]}|'stream_options' must be an object.",
        "{\"stream_options\":{\"include_usage\":1}}|'stream_options.include_usage' must be true or"
            + " false.",
        "{\"max_tokens\":1.5}|'max_tokens' must be a whole number.",
        "{\"max_tokens\":\"9\"}|'max_tokens' must be a whole number.",
        "{\"max_tokens\":99999999999999999999}|'max_tokens' must be a whole number.",
        "{\"messages\":{}}|'messages' must be an array of messages.",
        "{\"model\":\"a\",\"model\":\"b\"}|The key 'model' occurs twice.",
        "{\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}|The key"
            + " 'stream_options.include_usage' occurs twice.",
        "{\"model\":\"a\",\"mo\\u0064el\":\"b\"}|The key 'model' occurs twice.",
        "{\"\\ud800\":1}|Half of a surrogate pair stands alone at byte 2.",
        "{\"x\":\"\\udc00\\ud800\"}|Half of a surrogate pair stands alone at byte 6.",
        "{\"x\":\"\\ud83d!\\ude00\"}|Half of a surrogate pair stands alone at byte 6.",
        "{\"x\":\"\\ud83d\\u0041\"}|Half of a surrogate pair stands alone at byte 6.",
        "{\"x\":1e999}|A number is too large or too long at byte 5.",
        "{\"x\":-1e400}|A number is too large or too long at byte 5.",
      })
  void saysWhatIsWrong(String body, String reason) {
    assertThat(refused(body.getBytes(UTF_8))).isEqualTo(reason);
  }

  @Test
  void cutsALongKeyOfAMessageWithoutHalvingACharacter() {
    String key = "k".repeat(39) + "😀😀";

    String reason = refused(("{\"" + key + "\":1,\"" + key + "\":2}").getBytes(UTF_8));

    assertThat(Dialect.OPENAI.error(Problem.badRequest("invalid_body", reason))).isNotEmpty();
    assertThat(reason).hasSizeLessThan(80);
  }

  @Test
  void boundsTheDepth() {
    String most = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";
    String tooDeep = "{\"a\":" + "[".repeat(1_000_000);

    assertThat(read(most).media()).isEmpty();
    assertThat(refused(tooDeep.getBytes(UTF_8))).contains("nested more than 100 levels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c080",
        "c1bf",
        "c2",
        "e08080",
        "e282",
        "eda080",
        "edbfbf",
        "f0808080",
        "f0908d",
        "f4908080",
        "f5808080",
        "ff",
        "c220",
      })
  void refusesInvalidUtf8(String hex) {
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    byte[] body = concat("{\"a\":\"".getBytes(UTF_8), bad, "\"}".getBytes(UTF_8));

    assertThat(refused(body)).contains("not valid UTF-8");
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"U\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"image_url\":\"U\"}]}]}",
        "{\"messages\":[{\"content\":[{\"image\\u005furl\":{\"u\\u0072l\":\"U\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"image_url\":{\"url\":\"data:,x\",\"url\":\"U\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"video_url\":{\"url\":\"U\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"type\":\"video\",\"video\":[\"U\"]}]}]}",
        "{\"messages\":[{\"content\":[{\"type\":\"image\",\"image\":\"U\"}]}]}",
        "{\"tools\":[{\"type\":\"mcp\",\"server_url\":\"U\"}]}",
        "{\"file_uri\":\"U\"}",
        "{\"uri\":\"U\"}",
        "{\"urls\":[\"U\",{\"url\":\"U\"}]}",
        "{\"image_urls\":[[\"U\"]]}",
        "{\"url\":{\"x\":{\"url\":\"U\"}}}",
        "{\"input\":[{\"content\":{\"audio_url\":\"U\"}}]}",
        "{\"messages\":[{\"content\":[{\"image\\u0055rl\":\"U\"}]}]}",
        "{\"tools\":[{\"type\":\"search\",\"endpoint\":\"U\"}]}",
        "{\"data_sources\":[{\"type\":\"azure_search\",\"parameters\":{\"endpoint\":\"U\"}}]}",
        "{\"data_sources\":[{\"base_url\":{\"x\":[\"U\"]}}]}",
        "{\"dataSources\":[{\"parameters\":{\"embeddingDependency\":[{\"at\":\"U\"}]}}]}",
      })
  void findsEveryUrlThatAnEngineWouldFetch(String body) {
    RequestOutline outline = read(body.replace("U", "HTTPS://Example.ORG:8443/a.png"));

    assertThat(outline.media()).contains(new MediaUrl("https", "example.org:8443"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"data_sources\":[{\"type\":\"pinecone\",\"parameters\":{\"environment\":\"x\"}}]}|unknown",
        "{\"data_sources\":[{\"parameters\":{\"c\":\"AccountEndpoint=https://a.example\"}}]}|unknown",
        "{\"data_sources\":[7]}|unknown",
        "{\"data_sources\":[{\"url\":\"s3:bucket\"}]}|s3",
        "{\"data_sources\":[{\"at\":\"file:/etc/passwd\"}]}|file",
        "{\"web_search_options\":{}}|web-search"
      })
  void findsPlacesThatAnEngineWouldAskWithoutAUrl(String body, String scheme) {
    assertThat(read(body).media()).containsExactly(new MediaUrl(scheme, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data_sources\":null}",
        "{\"data_sources\":[]}",
        "{\"web_search_options\":null}",
        "{\"endpoint\":\"chat\"}",
        "{\"metadata\":{\"url\":\"U\"}}",
        "{\"tools\":[{\"function\":{\"parameters\":{\"properties\":{\"url\":{\"enum\":[\"U\"]}}}}}]}",
        "{\"response_format\":{\"json_schema\":{\"url\":\"U\"}}}",
        "{\"messages\":[{\"content\":\"see U\"}]}",
        "{\"image\":\"//uQxAAAAAAA/bare+base64\"}",
        "{\"url\":null,\"image_url\":{\"detail\":\"low\"}}",
      })
  void leavesAloneWhatNoEngineFetches(String body) {
    assertThat(read(body.replace("U", "https://example.org/")).media()).isEmpty();
  }

  @Test
  void namesEachHostOnceAndRefusesTooMany() {
    String twice = "{\"urls\":[\"https://a.example/1\",\"https://a.example/2\"]}";
    StringBuilder many = new StringBuilder("{\"urls\":[");
    for (int i = 0; i < 17; i++) {
      many.append(i == 0 ? "" : ",").append("\"https://h").append(i).append(".example/\"");
    }

    assertThat(read(twice).media()).containsExactly(new MediaUrl("https", "a.example"));
    assertThat(refused(many.append("]}").toString().getBytes(UTF_8))).contains("16 hosts");
  }

  @Property(tries = 2_000)
  void agreesWithJacksonOnSoundBodies(@ForAll("bodies") String body) throws IOException {
    JsonNode tree = JACKSON.readTree(body);

    RequestOutline outline = read(body);

    assertThat(outline.model().orElse("")).isEqualTo(tree.path("model").asText(""));
    assertThat(outline.stream()).isEqualTo(tree.path("stream").asBoolean(false));
  }

  @Property(tries = 4_000)
  void agreesWithJacksonOnWhatIsJson(
      @ForAll("bodies") String body, @ForAll int where, @ForAll byte what) {
    byte[] bytes = body.getBytes(UTF_8);
    bytes[Math.floorMod(where, bytes.length)] = what;

    boolean read = RequestScanner.scan(bytes) instanceof BodyReading.Read;

    // Ours is stricter (types, UTF-8 that Jackson repairs, numbers beyond doubles, half
    // surrogates), never laxer.
    if (read) {
      assertThat(isObject(bytes)).as(new String(bytes, UTF_8)).isTrue();
    } else if (isObject(bytes)) {
      assertThat(refused(bytes))
          .containsAnyOf("must be", "UTF-8", "twice", "too large", "surrogate");
    }
  }

  private static boolean isObject(byte[] bytes) {
    try {
      JsonMapper lax =
          JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
      return lax.readTree(bytes).isObject();
    } catch (JsonProcessingException malformed) {
      return false;
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> rest =
        Arbitraries.lazyOf(RequestScannerTest::leaf, () -> objects(2), () -> arrays(2));
    Arbitrary<String> model = text().map(value -> "\"model\":" + value);
    Arbitrary<String> stream =
        Arbitraries.of("true", "false", "null").map(value -> " \"stream\" : " + value);
    return Combinators.combine(model, stream, rest)
        .as((m, s, r) -> "{" + s + ", " + m + ",\"rest\":" + r + "}");
  }

  private static Arbitrary<String> leaf() {
    return Arbitraries.oneOf(
        text(),
        Arbitraries.of("null", "true", "false", "0", "-1.25e+7", "1E308", "[]", "{}"),
        Arbitraries.longs().map(String::valueOf));
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars('é', '語', '"', '\\', '\n', '/', '@', '1')
        .ofMaxLength(12)
        .map(value -> {
          try {
            return JACKSON.writeValueAsString(value);
          } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
          }
        });
  }

  private static Arbitrary<String> arrays(int depth) {
    return value(depth).list().ofMaxSize(3).map(items -> "[" + String.join(" ,", items) + "]");
  }

  private static Arbitrary<String> objects(int depth) {
    return value(depth)
        .list()
        .ofMaxSize(3)
        .map(items -> {
          StringBuilder text = new StringBuilder("{");
          for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":");
            text.append(items.get(i));
          }
          return text.append('}').toString();
        });
  }

  private static Arbitrary<String> value(int depth) {
    return depth == 0 ? leaf() : Arbitraries.oneOf(leaf(), arrays(depth - 1), objects(depth - 1));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        "{\"model\":\"m\",\"stream\":true,\"image_url\":{\"url\":\"https://a.example/\"}}"
            .getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefusesAnyBytes(byte @NotNull [] body) {
    byte[] before = body.clone();

    boolean read = RequestScanner.scan(body) instanceof BodyReading.Read;

    assertThat(Arrays.equals(before, body)).isTrue();
    assertThat(!read || isObject(body)).isTrue();
  }
}
