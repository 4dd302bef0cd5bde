package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.agent.EngineRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
  private static final String FULL_CHAT =
      """
      {"model":"builtin-selftest","messages":[{"role":"system","content":"Be brief."},\
      {"role":"user","content":[{"type":"text","text":"機密性2とは"},{"type":"text","text":"何ですか"}]}],\
      "stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"top_p":0.9,"seed":7,\
      "stop":["。","\\n"],"max_tokens":20,"logprobs":true,"top_logprobs":2,"n":1,"tools":[],\
      "tool_choice":"auto","response_format":{"type":"text"},"user":"u","unknown":{"x":[1]},"metadata":null}\
      """;

  private final RequestReader reader =
      new RequestReader("builtin-selftest", 512, 1536, 192, () -> 5L);

  @Test
  void readsEveryFieldOfAChat() {
    var chat = (Question.Chat) understood(EngineRequest.CHAT, FULL_CHAT);

    assertThat(chat.turns()).containsExactly(new Question.Turn(true, "機密性2とは何ですか"));
    assertThat(chat.manner())
        .isEqualTo(
            new Question.Manner(
                20, new Sampling(0.5, 0.9, 7, 2), List.of("。", "\n"), true, true, true));
  }

  @Test
  void isGreedyUnlessToldOtherwise() {
    var chat =
        (Question.Chat)
            understood(
                EngineRequest.CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

    assertThat(chat.manner().sampling()).isEqualTo(new Sampling(0, 1, 5, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                          | null | invalid_json",
        "[]                                         | null | invalid_json",
        "{} {}                                      | null | invalid_json",
        "{}                                         | messages | missing_required_parameter",
        "{\"messages\":null}                        | messages | missing_required_parameter",
        "{\"messages\":[]}                          | messages | invalid_value",
        "{\"messages\":\"hi\"}                      | messages | invalid_value",
        "{\"messages\":[7]}                         | messages[0] | invalid_value",
        "{\"messages\":[{\"role\":\"x\",\"content\":\"\"}]} | messages[0].role | invalid_value",
        "{\"messages\":[{\"role\":\"user\"}]}       | messages[0].content | invalid_value",
        "{\"messages\":[{\"role\":\"system\",\"content\":\"a\"}]} | messages | invalid_value",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]} | messages[0].role | unsupported_value",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]}]} | messages[0].content[0].type | unsupported_value",
        "{\"model\":\"gpt-4o\"}                     | model | model_not_found",
        "{\"model\":4}                              | model | invalid_value",
      })
  void refusesAChatThatIsWrongAndSaysWhere(String body, String param, String code) {
    assertRefused(EngineRequest.CHAT, body, param, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"n\":2                    | n | invalid_value",
        "\"stream\":\"yes\"         | stream | invalid_value",
        "\"stream_options\":{}      | stream_options | invalid_value",
        "\"temperature\":3          | temperature | invalid_value",
        "\"temperature\":\"hot\"    | temperature | invalid_value",
        "\"top_p\":-1               | top_p | invalid_value",
        "\"max_tokens\":0           | max_tokens | invalid_value",
        "\"max_completion_tokens\":1.5 | max_completion_tokens | invalid_value",
        "\"seed\":1e99              | seed | invalid_value",
        "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"] | stop | invalid_value",
        "\"stop\":{}                | stop | invalid_value",
        "\"top_logprobs\":2         | top_logprobs | invalid_value",
        "\"tool_choice\":\"required\" | tool_choice | unsupported_value",
        "\"tool_choice\":{\"type\":\"function\"} | tool_choice | unsupported_value",
        "\"response_format\":{\"type\":\"json_object\"} | response_format | unsupported_value",
        "\"response_format\":{\"type\":\"json_schema\"} | response_format | unsupported_value",
        "\"modalities\":[\"audio\"] | modalities | unsupported_value",
      })
  void refusesAFieldThatItCannotHonour(String field, String param, String code) {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]," + field + "}";
    assertRefused(EngineRequest.CHAT, body, param, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/completions | {} | prompt | missing_required_parameter",
        "/v1/completions | {\"prompt\":[]} | prompt | invalid_value",
        "/v1/completions | {\"prompt\":[1536]} | prompt | invalid_value",
        "/v1/completions | {\"prompt\":[[1],\"\"]} | prompt[1] | invalid_value",
        "/v1/completions | {\"prompt\":\"a\",\"suffix\":\"b\"} | suffix | unsupported_value",
        "/v1/completions | {\"prompt\":\"a\",\"best_of\":3} | best_of | invalid_value",
        "/v1/embeddings  | {\"input\":\"\"} | input | invalid_value",
        "/v1/embeddings  | {\"input\":{\"a\":1}} | input | invalid_value",
        "/v1/embeddings  | {\"input\":\"a\",\"dimensions\":193} | dimensions | invalid_value",
        "/v1/embeddings  | {\"input\":\"a\",\"encoding_format\":\"hex\"} | encoding_format | invalid_value",
        "/v1/audio       | {} | null | unknown_url",
      })
  void refusesOtherRequestsThatAreWrong(String path, String body, String param, String code) {
    assertRefused(path, body, param, code);
  }

  @Test
  void refusesTooDeepNestingAndTooMuchText() {
    assertRefused(EngineRequest.CHAT, "[".repeat(100_000), "null", "invalid_json");
    assertRefused(EngineRequest.CHAT, " ".repeat(5 << 20), "null", "request_too_large");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    byte[] body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"\u00e9\"}]}"
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(reader.read(new EngineRequest(EngineRequest.CHAT, body)))
        .isInstanceOf(Reading.Refused.class);
  }

  @FuzzTest(maxDuration = "15s")
  void anyBytesAreUnderstoodOrRefused(byte[] body) {
    for (String path :
        List.of(EngineRequest.CHAT, EngineRequest.COMPLETION, EngineRequest.EMBEDDING)) {
      assertThat(reader.read(new EngineRequest(path, body))).isNotNull();
    }
  }

  @Property(tries = 3000)
  void aDamagedRequestIsUnderstoodOrRefused(
      @ForAll @IntRange(max = 700) int at,
      @ForAll @IntRange(max = 20) int gone,
      @ForAll String put) {
    String damaged =
        FULL_CHAT.substring(0, Math.min(at, FULL_CHAT.length()))
            + put
            + FULL_CHAT.substring(Math.min(at + gone, FULL_CHAT.length()));
    anyBytesAreUnderstoodOrRefused(damaged.getBytes(StandardCharsets.UTF_8));
  }

  private Question understood(String path, String body) {
    return switch (reader.read(new EngineRequest(path, body.getBytes(StandardCharsets.UTF_8)))) {
      case Reading.Understood(Question question) -> question;
      case Reading.Refused(ApiError error) -> throw new AssertionError(error);
    };
  }

  private void assertRefused(String path, String body, String param, String code) {
    Reading reading = reader.read(new EngineRequest(path, body.getBytes(StandardCharsets.UTF_8)));

    assertThat(reading).isInstanceOf(Reading.Refused.class);
    ApiError error = ((Reading.Refused) reading).error();
    assertThat(error.param()).isEqualTo(param.equals("null") ? "" : param);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).endsWith(".");
  }
}
