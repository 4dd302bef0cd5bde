package dejima.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.gateway.UsageMeter.Usage;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

final class UsageMeterTest {
  private static final String STREAM =
      """
      data: {"choices":[{"delta":{"content":"a \\"completion_tokens\\": 999, data: x"}}]}

      data: {"choices":[],"usage":{"prompt_tokens" : 12,
      "completion_tokens":345,"prompt_tokens_details":{"cached_tokens":7}}}

      data: [DONE]

      """;

  private static UsageMeter metered(String... chunks) {
    UsageMeter meter = new UsageMeter();
    for (String chunk : chunks) {
      meter.accept(chunk.getBytes(UTF_8));
    }
    return meter;
  }

  @Test
  void readsTheEnginesOwnCount() {
    UsageMeter meter = metered(STREAM);

    assertThat(meter.usage()).isEqualTo(new Usage(12, 345, true));
    assertThat(meter.sawDone()).isTrue();
  }

  @Test
  void countsEventsWhenNoUsageIsReported() {
    UsageMeter meter = metered("data: {}\n\ndata: {}\r\n\r\n: note\n\ndata: [DONE]\n\n");

    assertThat(meter.usage()).isEqualTo(new Usage(0, 2, false));
  }

  @Test
  void ignoresLookAlikesInsideStrings() {
    UsageMeter meter =
        metered("{\"content\":\"\\\"prompt_tokens\\\":5 \\\"completion_tokens\\\":6\"}");

    assertThat(meter.usage()).isEqualTo(new Usage(0, 0, false));
  }

  @Test
  void seesTheEndMarkHoweverItIsCutAndWithoutABlank() {
    assertThat(metered("da", "ta", ": {}\n\ndata", ": [DO", "NE]\n\n").usage())
        .isEqualTo(new Usage(0, 1, false));
    assertThat(metered("data: {}\n\ndata: [DO", "NE]").sawDone()).isTrue();
    assertThat(metered("data:{}\n\ndata:[DONE]\n\n").sawDone()).isTrue();
    assertThat(metered("data: {\"content\":\"data: [DONE]\"}\n\n").sawDone()).isFalse();
  }

  @Test
  void takesTheLastCountOfAStreamThatReportsOnTheWay() {
    String running = "data: {\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":%d}}\n\n";

    assertThat(metered(running.formatted(1), running.formatted(2)).usage())
        .isEqualTo(new Usage(3, 2, true));
  }

  @Property(tries = 1_000)
  void givesTheSameUsageForAnyChunks(
      @ForAll("answers") String answer,
      @ForAll @NotEmpty List<@IntRange(min = 1, max = 70) Integer> sizes) {
    UsageMeter whole = metered(answer);
    UsageMeter cut = new UsageMeter();
    byte[] bytes = answer.getBytes(UTF_8);
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      int end = Math.min(bytes.length, at + sizes.get(i % sizes.size()));
      cut.accept(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }

    assertThat(cut.usage()).isEqualTo(whole.usage());
    assertThat(cut.sawDone()).isEqualTo(whole.sawDone());
  }

  @Provide
  Arbitrary<String> answers() {
    return Arbitraries.of(
            "data: {}\n\n",
            "data:{}\r\n\r\n",
            "data: [DONE]\n\n",
            "\"prompt_tokens\": 17,",
            "\"completion_tokens\":123456789}",
            "\"completion_tokens\":null}",
            "\\\"completion_tokens\\\":5,",
            "d",
            "\n",
            "data",
            "語")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts) + "\n");
  }
}
