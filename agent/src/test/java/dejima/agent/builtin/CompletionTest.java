package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dejima.agent.EngineRequest;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static final BuiltinEngine ENGINE = TestEngines.engine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void goesOnWhereTheTextEnds() throws Exception {
    JsonNode answer = ask("{\"prompt\":\"Dejima is a gate\",\"max_tokens\":8}");

    assertThat(answer.get("object").asText()).isEqualTo("text_completion");
    assertThat(answer.get("id").asText()).startsWith("cmpl-");
    assertThat(answer.at("/choices/0/text").asText()).isNotEmpty();
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(8);
  }

  @Test
  void continuesEachOfSeveralTextsAndEchoesThemWhenAsked() throws Exception {
    JsonNode answer = ask("{\"prompt\":[\"E0 means\",\"出島は\"],\"max_tokens\":4,\"echo\":true}");

    assertThat(answer.get("choices")).hasSize(2);
    assertThat(answer.at("/choices/0/text").asText()).startsWith("E0 means").hasSizeGreaterThan(9);
    assertThat(answer.at("/choices/1/index").asInt()).isEqualTo(1);
    assertThat(answer.at("/choices/1/text").asText()).startsWith("出島は");
  }

  @Test
  void takesTokensInPlaceOfText() throws Exception {
    int[] tokens = new ChatPrompt(TestEngines.model().tokenizer()).plain("E0 means");

    JsonNode byTokens = ask("{\"prompt\":" + Arrays.toString(tokens) + "}");

    assertThat(byTokens.get("choices")).isEqualTo(ask("{\"prompt\":\"E0 means\"}").get("choices"));
  }

  @Test
  void tellsLogProbabilitiesInTheOlderForm() throws Exception {
    JsonNode told =
        ask("{\"prompt\":\"E0 means\",\"max_tokens\":3,\"logprobs\":2}").at("/choices/0/logprobs");

    assertThat(told.get("tokens")).hasSize(3);
    assertThat(told.get("token_logprobs")).hasSize(3);
    assertThat(told.at("/top_logprobs/0")).hasSize(2);
    assertThat(told.at("/text_offset/0").asInt()).isZero();
  }

  @Test
  void streams() {
    CollectedAnswer answer =
        CollectedAnswer.of(
            ENGINE, EngineRequest.COMPLETION, "{\"prompt\":\"E0 means\",\"stream\":true}");

    assertThat(answer.text())
        .contains("\"object\":\"text_completion\"")
        .endsWith("data: [DONE]\n\n");
    assertThat(answer.chunks()).hasSizeGreaterThan(5);
  }

  private static JsonNode ask(String body) throws Exception {
    CollectedAnswer answer = CollectedAnswer.of(ENGINE, EngineRequest.COMPLETION, body);
    assertThat(answer.status()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(answer.text());
  }
}
