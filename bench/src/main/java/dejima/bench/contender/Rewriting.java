package dejima.bench.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Tells an answer that a gateway has written anew from a wrong one: the texts, the reasons to
/// finish and the usage must be those of the stub, event by event.
final class Rewriting {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DONE = "[DONE]";

  private Rewriting() {}

  static boolean same(byte[] expected, byte[] answer) {
    return Arrays.equals(expected, answer) || meaning(expected).equals(meaning(answer));
  }

  private static List<String> meaning(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (!text.startsWith("data:")) {
      return List.of(essence(text));
    }
    return text.lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring("data:".length()).strip())
        .map(data -> data.equals(DONE) ? DONE : essence(data))
        .toList();
  }

  private static String essence(String json) {
    try {
      JsonNode answer = JSON.readTree(json);
      JsonNode choice = answer.path("choices").path(0);
      return String.join(
          "|",
          choice.path("message").path("content").asText(),
          choice.path("delta").path("content").asText(),
          choice.path("finish_reason").asText(),
          answer.path("usage").path("total_tokens").asText());
    } catch (JsonProcessingException e) {
      return "unreadable: " + json;
    }
  }
}
