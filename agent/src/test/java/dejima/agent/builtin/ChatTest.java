package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dejima.agent.EngineRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTest {
  private static final BuiltinEngine ENGINE = TestEngines.engine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "出島とは何ですか。 | 規則が許した拠点にだけ送り",
        "このデータは国外に出ますか。 | 国外の拠点は断られ",
        "機密性2とは何ですか | 日本国内の拠点だけ",
        "領収書（レシート）はどう確かめますか | dejima verify",
        "What is Dejima? | leaves a receipt for each request",
        "Where was my request processed? | Dejima-Site",
      })
  void answersTheQuestionsOfTheFirstMinutes(String question, String words) throws Exception {
    JsonNode answer = whole(question, "");

    assertThat(answer.at("/choices/0/message/content").asText()).contains(words);
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "来月のハワイ旅行の計画を立てて | 自己診断用の小さなモデル",
        "Please plan my holiday in Hawaii next month | small self-test model",
        "zqxj vvk plorf | small self-test model",
      })
  void refusesInTheQuestionsLanguageWhatItDoesNotKnow(String question, String words)
      throws Exception {
    assertThat(whole(question, "").at("/choices/0/message/content").asText()).contains(words);
  }

  @Test
  void tellsWhoAnsweredAndWhatItCost() throws Exception {
    JsonNode answer = whole("Who are you?", "");

    assertThat(answer.get("id").asText()).startsWith("chatcmpl-");
    assertThat(answer.get("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.get("created").asLong()).isEqualTo(1_795_000_000);
    assertThat(answer.get("model").asText()).isEqualTo("builtin-selftest");
    assertThat(answer.get("system_fingerprint").asText()).matches("fp_[0-9a-f]{12}");
    assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    JsonNode usage = answer.get("usage");
    assertThat(usage.get("prompt_tokens").asInt()).isPositive();
    assertThat(usage.get("completion_tokens").asInt()).isGreaterThan(10);
    assertThat(usage.get("total_tokens").asInt())
        .isEqualTo(usage.get("prompt_tokens").asInt() + usage.get("completion_tokens").asInt());
  }

  @ParameterizedTest
  @CsvSource({"出島とは何ですか。", "What is a receipt?", "どこのラーメンがおいしいですか"})
  void streamsTheSameAnswerEventByEvent(String question) throws Exception {
    JsonNode whole = whole(question, "");

    CollectedAnswer streamed =
        ask(question, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    assertThat(streamed.contentType()).startsWith("text/event-stream");
    List<JsonNode> events = events(streamed);
    assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    var text = new StringBuilder();
    events.forEach(e -> text.append(e.at("/choices/0/delta/content").asText()));
    assertThat(text.toString()).isEqualTo(whole.at("/choices/0/message/content").asText());
    JsonNode usage = events.getLast();
    assertThat(usage.get("choices")).isEmpty();
    assertThat(usage.get("usage")).isEqualTo(whole.get("usage"));
    assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    assertThat(streamed.text()).endsWith("data: [DONE]\n\n");
  }

  @Test
  void stopsBeforeAStopWord() throws Exception {
    JsonNode answer = whole("What is Dejima?", ",\"stop\":[\"gate\",\"never\"]");

    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Dejima is a ");
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void endsAtTheLimitOfTokens() throws Exception {
    JsonNode answer = whole("What is Dejima?", ",\"max_completion_tokens\":3");

    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void tellsLogProbabilitiesOfEachToken() throws Exception {
    JsonNode answer =
        whole("What is Dejima?", ",\"logprobs\":true,\"top_logprobs\":3,\"max_tokens\":5");

    JsonNode content = answer.at("/choices/0/logprobs/content");
    assertThat(content).hasSize(5);
    for (JsonNode token : content) {
      assertThat(token.get("logprob").asDouble()).isLessThanOrEqualTo(0);
      assertThat(token.get("top_logprobs")).hasSize(3);
      assertThat(token.at("/top_logprobs/0/token")).isEqualTo(token.get("token"));
    }
  }

  @Test
  void repeatsASampledAnswerWithItsSeed() throws Exception {
    String options = ",\"temperature\":1.5,\"seed\":99";

    assertThat(whole("Hello", options).get("choices"))
        .isEqualTo(whole("Hello", options).get("choices"));
  }

  @Test
  void answersTheLastQuestionOfAConversation() throws Exception {
    String before = whole("Who are you?", "").at("/choices/0/message/content").asText();
    String body =
        "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":\"Who are you?\"},{\"role\":\"assistant\",\"content\":\""
            + before
            + "\"},{\"role\":\"user\",\"content\":\"What is Dejima?\"}]}";

    JsonNode answer = json(CollectedAnswer.of(ENGINE, EngineRequest.CHAT, body));

    assertThat(answer.at("/choices/0/message/content").asText()).contains("gate for AI requests");
  }

  @Test
  void refusesAConversationBeyondItsContext() throws Exception {
    CollectedAnswer answer = ask("証拠".repeat(2000), "");

    assertThat(answer.status()).isEqualTo(400);
    JsonNode error = json(answer).get("error");
    assertThat(error.get("code").asText()).isEqualTo("context_length_exceeded");
    assertThat(error.get("param").asText()).isEqualTo("messages");
    assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.get("message").asText()).contains("512 tokens");
  }

  @Test
  void answersUpToTheVeryEndOfItsContext() throws Exception {
    JsonNode answer = whole("あ".repeat(500), ",\"max_tokens\":9999");

    assertThat(answer.at("/usage/total_tokens").asInt()).isGreaterThan(500);
  }

  @Test
  void refusesAnUnknownModel() throws Exception {
    CollectedAnswer answer =
        CollectedAnswer.of(ENGINE, EngineRequest.CHAT, "{\"model\":\"gpt-4o\",\"messages\":[]}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("model_not_found");
  }

  private static CollectedAnswer ask(String question, String options) {
    String body =
        "{\"model\":\"builtin-selftest\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + question
            + "\"}]"
            + options
            + "}";
    return CollectedAnswer.of(ENGINE, EngineRequest.CHAT, body);
  }

  private static JsonNode whole(String question, String options) throws Exception {
    CollectedAnswer answer = ask(question, options);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    return json(answer);
  }

  private static JsonNode json(CollectedAnswer answer) throws Exception {
    return JsonMapper.builder().build().readTree(answer.text());
  }

  /// The events but the last, each of which must be whole in its own chunk.
  private static List<JsonNode> events(CollectedAnswer answer) throws Exception {
    var mapper = JsonMapper.builder().build();
    List<JsonNode> events = new ArrayList<>();
    for (byte[] chunk : answer.chunks()) {
      String text = new String(chunk, StandardCharsets.UTF_8);
      assertThat(text).startsWith("data: ").endsWith("\n\n").doesNotContain("\ufffd");
      if (!text.equals("data: [DONE]\n\n")) {
        events.add(mapper.readTree(text.substring(6)));
      }
    }
    return events;
  }
}
