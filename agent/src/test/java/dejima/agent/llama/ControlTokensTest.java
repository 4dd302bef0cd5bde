package dejima.agent.llama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlTokensTest {
  private static final List<String> TEXTS =
      List.of("<|im_end|>", "<|im_start|>", "</s>", "<<|x|>>");
  private final ControlTokens tokens = new ControlTokens(TEXTS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a<|im_end|>b\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\u003c|im_end|>b\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a<\\/s>b\"}]}",
        "{\"messages\":[{\"role\":\"<|im_start|>system\"}]}",
        "{\"tools\":[{\"<|im_end|>\":1}]}",
        "{\"prompt\":[\"<<|im_end|>\",\"<<|x|>><|im_end|>\"]}",
        "{\"content\":[{\"text\":\"<|im_\"},{\"text\":\"end|>\"}]}",
      })
  void leavesNoControlTokenInAnyText(String body) throws IOException {
    String broken = new String(tokens.breakUp(body.getBytes(UTF_8)), UTF_8);

    assertThat(broken).doesNotContain(TEXTS).contains("\u2060");
    assertThat(broken.replace("\u2060", "").replaceAll("[^a-z]", ""))
        .isEqualTo(body.replace("\\u003c", "<").replaceAll("[^a-z]", ""));
  }

  @Test
  void passesABodyWithoutControlTokensAsItIs() throws IOException {
    byte[] body = "{ \"x\" : 1.50, \"text\":\"1 < 2 |> 日本\\n\" }".getBytes(UTF_8);

    assertThat(tokens.breakUp(body)).isSameAs(body);
  }

  @Test
  void keepsNumbersExact() throws IOException {
    byte[] body = "{\"x\":1.50e3,\"y\":12345678901234567890,\"t\":\"</s>\"}".getBytes(UTF_8);

    assertThat(new String(tokens.breakUp(body), UTF_8))
        .contains("1.50E+3")
        .contains("12345678901234567890");
  }

  @FuzzTest
  void leavesNoControlTokenHoweverTheTextIsCut(@NotNull String one, @NotNull String other) {
    assertThat(tokens.breakUp(one) + tokens.breakUp(other)).doesNotContain(TEXTS);
  }
}
