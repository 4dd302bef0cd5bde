package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dejima.agent.EngineRequest;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class AnyRequestTest {
  private static final BuiltinEngine ENGINE = TestEngines.engine();
  private static final List<String> FIELDS =
      List.of(
          "model",
          "messages",
          "prompt",
          "input",
          "stream",
          "stream_options",
          "temperature",
          "top_p",
          "seed",
          "stop",
          "max_tokens",
          "max_completion_tokens",
          "logprobs",
          "top_logprobs",
          "n",
          "best_of",
          "echo",
          "suffix",
          "tools",
          "tool_choice",
          "response_format",
          "modalities",
          "dimensions",
          "encoding_format",
          "user",
          "不明");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "2",
          "-1",
          "0.5",
          "1e999",
          "99999999999999999999",
          "\"\"",
          "\"auto\"",
          "\"required\"",
          "\"base64\"",
          "\"出島\"",
          "\"\\u0000\\ud800\"",
          "[]",
          "[1]",
          "[1536]",
          "[[1,2],[3]]",
          "[\"a\",\"。\"]",
          "[null]",
          "{}",
          "{\"type\":\"text\"}",
          "{\"include_usage\":true}",
          "[\"text\"]",
          "[{}]",
          "[{\"role\":\"user\"}]",
          "[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]",
          "[{\"role\":\"assistant\",\"content\":null},{\"role\":\"user\",\"content\":\"\"}]");

  @AfterContainer
  static void close() {
    ENGINE.close();
  }

  @Provide
  Arbitrary<String> bodies() {
    var field =
        Combinators.combine(Arbitraries.of(FIELDS), Arbitraries.of(VALUES))
            .as((name, value) -> "\"" + name + "\":" + value);
    return field
        .list()
        .ofMaxSize(5)
        .map(extra ->
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"prompt\":\"Hello\",\"input\":\"Hello\""
                + extra.stream().map(f -> "," + f).collect(Collectors.joining())
                + "}");
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(EngineRequest.CHAT, EngineRequest.COMPLETION, EngineRequest.EMBEDDING);
  }

  @Property(tries = 1000)
  void isAnsweredOrRefusedInOpenAiForm(@ForAll("paths") String path, @ForAll("bodies") String body)
      throws Exception {
    CollectedAnswer answer = CollectedAnswer.of(ENGINE, path, body);

    assertThat(answer.brokenReason()).isEmpty();
    if (answer.contentType().startsWith("text/event-stream")) {
      assertThat(answer.text()).endsWith("data: [DONE]\n\n");
      return;
    }
    JsonNode json = JsonMapper.builder().build().readTree(answer.text());
    if (answer.status() == 200) {
      assertThat(json.get("usage").get("total_tokens").asInt()).isPositive();
    } else {
      assertThat(answer.status()).isIn(400, 404);
      assertThat(json.get("error").fieldNames())
          .toIterable()
          .containsExactly("message", "type", "param", "code");
    }
  }
}
