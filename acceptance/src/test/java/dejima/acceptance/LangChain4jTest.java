package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.acceptance.product.Caller;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// LangChain4j's OpenAI models, unchanged.
@ExtendWith(Demo.Shared.class)
class LangChain4jTest {
  private static final String QUESTION = "出島とは何ですか";

  private static OpenAiChatModel model(Demo demo, String name, String key, String dataClass) {
    return OpenAiChatModel.builder()
        .baseUrl(demo.gateway().url() + "/v1")
        .apiKey(key)
        .modelName(name)
        .customHeaders(Map.of("Dejima-Data-Class", dataClass))
        .maxRetries(0)
        .build();
  }

  private static OpenAiChatModel model(Demo demo, String name) {
    return model(demo, name, demo.client().credential(), "confidentiality-2");
  }

  @Test
  void answers(Demo demo) {
    assertThat(model(demo, Demo.MODEL).chat(QUESTION)).isNotBlank();
  }

  private static final class Collecting implements StreamingChatResponseHandler {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String partial) {
      text.append(partial);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      whole.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }
  }

  private static OpenAiStreamingChatModel streaming(Demo demo, String name) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(demo.gateway().url() + "/v1")
        .apiKey(demo.client().credential())
        .modelName(name)
        .build();
  }

  @Test
  void streams(Demo demo) throws Exception {
    Collecting answer = new Collecting();
    streaming(demo, Demo.MODEL).chat(QUESTION, answer);
    ChatResponse whole = answer.whole.get(60, TimeUnit.SECONDS);

    assertThat(answer.text.toString()).isEqualTo(whole.aiMessage().text()).isNotBlank();
    assertThat(whole.tokenUsage().outputTokenCount()).isPositive();
    assertThat(whole.aiMessage().text()).isEqualTo(model(demo, Demo.MODEL).chat(QUESTION));
  }

  @Test
  void noticesThatAStreamBrokeOff(Demo demo) {
    Collecting answer = new Collecting();
    streaming(demo, "breaks").chat(QUESTION, answer);

    assertThatThrownBy(() -> answer.whole.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(answer.text.toString()).isEqualTo("半分");
  }

  @Test
  void embeds(Demo demo) {
    OpenAiEmbeddingModel embedding =
        OpenAiEmbeddingModel.builder()
            .baseUrl(demo.gateway().url() + "/v1")
            .apiKey(demo.client().credential())
            .modelName(Demo.MODEL)
            .maxRetries(0)
            .build();

    assertThat(
            embedding.embedAll(List.of(TextSegment.from("出島"), TextSegment.from("長崎"))).content())
        .hasSize(2);
  }

  @Test
  void throwsTheClassOfEachError(Demo demo) {
    Caller limited =
        demo.gateway().clientWith("{\"tenant\":\"lc4j-limited\",\"requestsPerMinute\":1}");
    String key = demo.client().credential();
    OpenAiChatModel once = model(demo, Demo.MODEL, limited.credential(), "confidentiality-2");
    assertThat(once.chat(QUESTION)).isNotBlank();

    assertThatThrownBy(() -> model(demo, Demo.MODEL, "nobody", "c2").chat(QUESTION))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("dejima keys create");
    assertThatThrownBy(() -> model(demo, "no-such-model").chat(QUESTION))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("/v1/models");
    assertThatThrownBy(() -> model(demo, Demo.MODEL, key, "my-number").chat(QUESTION))
        .hasMessageContaining("rule");
    assertThatThrownBy(() -> model(demo, Demo.MODEL, key, "nonsense").chat(QUESTION))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Dejima-Data-Class");
    assertThatThrownBy(() -> once.chat(QUESTION)).isInstanceOf(RateLimitException.class);
    assertThatThrownBy(() -> model(demo, "unsteady").chat(QUESTION))
        .isInstanceOf(InternalServerException.class);
  }
}
