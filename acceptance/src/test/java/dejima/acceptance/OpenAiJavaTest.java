package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.ResponseFormatText;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dejima.acceptance.product.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `com.openai:openai-java`, unchanged.
@ExtendWith(Demo.Shared.class)
class OpenAiJavaTest {
  private static OpenAIClient client(Demo demo) {
    return client(demo, demo.client().credential());
  }

  private static OpenAIClient client(Demo demo, String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(demo.gateway().url() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static OpenAIClient azure(Demo demo, AzureUrlPathMode mode) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(demo.gateway().url().toString())
        .credential(AzureApiKeyCredential.create(demo.client().credential()))
        .azureServiceVersion(AzureOpenAIServiceVersion.getV2024_10_21())
        .azureUrlPathMode(mode)
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams.Builder question(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("出島とは何ですか");
  }

  private static String ask(OpenAIClient client, ChatCompletionCreateParams.Builder question) {
    ChatCompletion answer = client.chat().completions().create(question.build());
    assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  @Test
  void answersInBothDialects(Demo demo) {
    String plain = ask(client(demo), question(Demo.MODEL));

    assertThat(plain).isNotBlank();
    assertThat(ask(azure(demo, AzureUrlPathMode.LEGACY), question(Demo.MODEL))).isEqualTo(plain);
    assertThat(
            ask(
                OpenAIOkHttpClient.builder()
                    .baseUrl(demo.gateway().url() + "/openai/v1")
                    .credential(AzureApiKeyCredential.create(demo.client().credential()))
                    .azureUrlPathMode(AzureUrlPathMode.UNIFIED)
                    .maxRetries(0)
                    .build(),
                question(Demo.MODEL)))
        .isEqualTo(plain);
  }

  @Test
  void streamsWithUsage(Demo demo) {
    ChatCompletionCreateParams question =
        question(Demo.MODEL)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    List<ChatCompletionChunk> chunks = new ArrayList<>();
    try (StreamResponse<ChatCompletionChunk> stream =
        client(demo).chat().completions().createStreaming(question)) {
      stream.stream().forEach(chunks::add);
    }

    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isPositive();
    assertThat(
            chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining()))
        .isEqualTo(ask(client(demo), question(Demo.MODEL)));
  }

  @Test
  void embedsCompletesAndListsModels(Demo demo) {
    OpenAIClient client = client(demo);

    assertThat(
            client
                .embeddings()
                .create(
                    EmbeddingCreateParams.builder()
                        .model(Demo.MODEL)
                        .inputOfArrayOfStrings(List.of("出島", "長崎"))
                        .build())
                .data())
        .hasSize(2);
    assertThat(
            client
                .completions()
                .create(
                    CompletionCreateParams.builder()
                        .model(Demo.MODEL)
                        .prompt("出島は")
                        .maxTokens(8)
                        .build())
                .choices())
        .hasSize(1);
    assertThat(client.models().list().autoPager().stream().map(model -> model.id()))
        .contains(Demo.MODEL);
    assertThat(client.models().retrieve(Demo.MODEL).id()).isEqualTo(Demo.MODEL);
  }

  @Test
  void takesAResponseFormat(Demo demo) {
    assertThat(
            ask(
                client(demo),
                question(Demo.MODEL).responseFormat(ResponseFormatText.builder().build())))
        .isNotBlank();
  }

  @Test
  void throwsTheClassOfEachError(Demo demo) {
    Caller limited =
        demo.gateway().clientWith("{\"tenant\":\"java-limited\",\"requestsPerMinute\":1}");
    ask(client(demo, limited.credential()), question(Demo.MODEL));

    assertThatThrownBy(() -> ask(client(demo, "dj_nobody_x"), question(Demo.MODEL)))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("dejima keys create");
    assertThatThrownBy(() -> ask(client(demo), question("no-such-model")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("/v1/models");
    assertThatThrownBy(() ->
            ask(
                client(demo),
                question(Demo.MODEL).putAdditionalHeader("Dejima-Data-Class", "my-number")))
        .isInstanceOf(PermissionDeniedException.class)
        .hasMessageContaining("rule");
    assertThatThrownBy(() -> ask(client(demo, limited.credential()), question(Demo.MODEL)))
        .isInstanceOf(RateLimitException.class)
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> ask(client(demo), question(Demo.MODEL).n(-5)))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> ask(client(demo), question("unsteady")))
        .isInstanceOf(InternalServerException.class)
        .hasMessageContaining("unsteady");
  }

  @Test
  void keepsAnEngineFromFetchingAnImage(Demo demo) {
    ChatCompletionContentPart image =
        ChatCompletionContentPart.ofImageUrl(
            ChatCompletionContentPartImage.builder()
                .imageUrl(
                    ChatCompletionContentPartImage.ImageUrl.builder()
                        .url("https://example.com/secret.png")
                        .build())
                .build());

    assertThatThrownBy(() ->
            ask(
                client(demo),
                ChatCompletionCreateParams.builder()
                    .model(Demo.MODEL)
                    .addUserMessageOfArrayOfContentParts(List.of(image))))
        .isInstanceOf(PermissionDeniedException.class)
        .hasMessageContaining("example.com");
  }

  @Test
  void noticesThatAStreamBrokeOff(Demo demo) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client(demo).chat().completions().createStreaming(question("breaks").build())) {
      assertThatThrownBy(() -> stream.stream().forEach(chunk -> assertThat(chunk).isNotNull()))
          .isInstanceOf(OpenAIException.class);
    }
  }
}
