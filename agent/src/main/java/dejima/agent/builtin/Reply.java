package dejima.agent.builtin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dejima.agent.AnswerSink;
import java.nio.charset.StandardCharsets;

/// Puts JSON into a sink: as a whole answer, as an error, or event by event.
final class Reply {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private final AnswerSink sink;

  Reply(AnswerSink sink) {
    this.sink = sink;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  void whole(int status, JsonNode body) {
    sink.head(status, "application/json");
    sink.body(bytes(body, "", ""));
    sink.end();
  }

  void error(ApiError error) {
    ObjectNode body = object();
    ObjectNode node =
        body.putObject("error").put("message", error.message()).put("type", error.type());
    putOrNull(node, "param", error.param());
    putOrNull(node, "code", error.code());
    whole(error.status(), body);
  }

  void beginEvents() {
    sink.head(200, "text/event-stream; charset=utf-8");
  }

  void event(JsonNode data) {
    sink.body(bytes(data, "data: ", "\n\n"));
  }

  void endEvents() {
    sink.body("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    sink.end();
  }

  void broken(String reason) {
    sink.broken(reason);
  }

  private static void putOrNull(ObjectNode node, String name, String value) {
    if (value.isEmpty()) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  private static byte[] bytes(JsonNode node, String before, String after) {
    try {
      return (before + MAPPER.writeValueAsString(node) + after).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }
}
