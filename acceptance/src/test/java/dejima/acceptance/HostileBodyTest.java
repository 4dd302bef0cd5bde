package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that two JSON readers take differently, or that wear a reader out: each is refused in the
/// client's dialect and reaches no site.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodyTest {
  private static final String PLAIN =
      "\"model\":\"steady\",\"messages\":[{\"role\":\"user\",\"content\":\"hostile\"}]";
  private static final String[] PATHS = {
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/embeddings",
    "/openai/v1/chat/completions",
    "/openai/deployments/steady/chat/completions?api-version=2024-10-21"
  };

  private final StubWorld world = new StubWorld("hostile");
  private final StubSite site = world.domestic("steady", "steady", Script.answers());
  private Caller client = new Caller(world.gateway().url(), "");

  @BeforeAll
  void start() {
    world.start("limits: {maxBodyBytes: 2097152}");
    client = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @AfterEach
  void stillAnswers() {
    client.ask("steady", "still there?").expect(200);
    assertThat(site.received()).noneMatch(body -> body.contains("hostile"));
  }

  private void assertRefused(byte[] body) {
    for (String path : PATHS) {
      Answer answer = client.post(path, body).expect(400);

      JsonNode error = answer.json().path("error");
      assertThat(error.path("code").asText()).isEqualTo("invalid_body");
      assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
      assertThat(error.path("message").asText()).hasSizeBetween(15, 300);
    }
  }

  private void assertRefusedWith(String more) {
    assertRefused(("{" + PLAIN + "," + more + "}").getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"temperature\":NaN",
        "\"temperature\":Infinity",
        "\"temperature\":-Infinity",
        "\"temperature\":1e999",
        "\"seed\":-1e400",
        "\"seed\":0x10",
        "\"seed\":+1",
        "\"seed\":.5",
        "\"seed\":1.",
        "\"seed\":01",
        "\"max_tokens\":1e5",
        "\"max_tokens\":1.0",
        "\"x\":1/*comment*/",
        "\"x\":1//comment",
        "'x':1",
        "x:1",
        "\"x\":undefined",
        "\"x\":True",
        "\"user\":\"a\u0001b\"",
        "\"user\":\"a\nb\"",
        "\"user\":\"\\x41\"",
        "\"user\":\"\\u12\"",
        "\"user\":\"\\ud800\"",
        "\"user\":\"\\udc00\"",
        "\"user\":\"\\udc00\\ud800\"",
        "\"\\ud800\":1",
        "\"model\":\"steady\"",
        "\"mod\\u0065l\":\"other\"",
        "\"messages\":[]",
        "\"stream\":true,\"stream\":false",
        "\"max_tokens\":1,\"max_tokens\":2",
        "\"stream_options\":{},\"stream_options\":{}",
        "\"user\":\"a\",\"user\":\"b\"",
        "\"stream\":1",
        "\"stream\":\"true\""
      })
  void refusesWhatReadersTakeDifferently(String more) {
    assertRefusedWith(more);
  }

  @Test
  void refusesNumbersThatNoReaderHolds() {
    assertRefusedWith("\"seed\":" + "9".repeat(400));
    assertRefusedWith("\"seed\":0." + "0".repeat(500_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0af",
        "e080af",
        "f08080af",
        "c080", // overlong
        "eda080",
        "eda080edb080", // surrogates
        "f4908080",
        "f5808080",
        "f888808080",
        "fe",
        "ff", // beyond Unicode
        "e381",
        "80",
        "c3" // incomplete
      })
  void refusesBytesThatAreNotUtf8(String hex) {
    for (String place : new String[] {"\"user\":\"%\"", "\"%\":1", "\"model2\":[\"%\"]"}) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      String[] around = ("{" + PLAIN + "," + place + "}").split("%", 2);
      body.writeBytes(around[0].getBytes(StandardCharsets.UTF_8));
      body.writeBytes(HexFormat.of().parseHex(hex));
      body.writeBytes(around[1].getBytes(StandardCharsets.UTF_8));
      assertRefused(body.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-7"})
  void refusesOtherEncodings(String encoding) {
    if (Charset.isSupported(encoding)) {
      assertRefused(("{" + PLAIN + "}").getBytes(Charset.forName(encoding)));
    } else {
      assertRefused("+AHs-".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefused(("\ufeff{" + PLAIN + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesWhatIsNestedAHundredThousandDeep() {
    assertRefusedWith("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000));
    assertRefusedWith("\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
    assertRefusedWith("\"x\":" + "[".repeat(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "steady\\r\\nDejima-Site: us-west",
        "steady\\u0000",
        "../steady",
        "",
        " steady",
        "Steady"
      })
  void takesNoModelForAnother(String model) {
    String body =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hostile\"}]}"
            .formatted(model);

    Answer answer = client.post("/v1/chat/completions", body);

    assertThat(answer.status()).isBetween(400, 404);
    assertThat(answer.errorCode()).isIn("model_not_found", "missing_model");
    assertThat(answer.headers().map()).doesNotContainKey("dejima-site");
  }

  @Test
  void keepsAKeysTokensTogetherWhateverARequestClaimsToNeed() {
    Caller limited = world.gateway().clientWith("{\"tenant\":\"tokens\",\"tokensPerMinute\":1000}");
    String body =
        "{\"model\":\"steady\",\"messages\":[],\"max_tokens\":%d}".formatted(Long.MAX_VALUE);

    limited.post("/v1/chat/completions", body).expect(200);

    Eventually.holds(
        Duration.ofSeconds(10),
        () -> limited.ask("steady", "an ordinary one").status() == 200,
        () -> "the key's tokens are gone");
  }
}
