package dejima.agent.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Reads the messages of a chat.
///
/// Instructions to the model (roles `system` and `developer`) are checked and left out: the
/// self-test model follows none.
///
/// @param messages the value of the field `messages`
record MessageReader(JsonNode messages) {
  List<Question.Turn> turns() {
    if (!messages.isArray() || messages.isEmpty()) {
      throw Fields.wrong("messages", "an array of at least one message");
    }
    List<Question.Turn> turns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      add(messages.get(i), "messages[" + i + "]", turns);
    }
    if (turns.stream().noneMatch(Question.Turn::byUser)) {
      throw Fields.wrong("messages", "a conversation with a message of the role \"user\"");
    }
    return turns;
  }

  private static void add(JsonNode message, String param, List<Question.Turn> turns) {
    if (!message.isObject()) {
      throw Fields.wrong(param, "an object");
    }
    switch (message.path("role").asText()) {
      case "system", "developer" -> text(message, param);
      case "user" -> turns.add(new Question.Turn(true, text(message, param)));
      case "assistant" -> {
        if (!message.path("content").isNull() && message.has("content")) {
          turns.add(new Question.Turn(false, text(message, param)));
        }
      }
      case "tool", "function" ->
          throw Fields.unsupported(
              param + ".role", "The self-test model has no tools, so it takes no tool results.");
      default ->
          throw Fields.wrong(
              param + ".role", "\"system\", \"developer\", \"user\" or \"assistant\"");
    }
  }

  private static String text(JsonNode message, String param) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray() || content.isEmpty()) {
      throw Fields.wrong(param + ".content", "a text or an array of content parts");
    }
    var text = new StringBuilder();
    for (int i = 0; i < content.size(); i++) {
      text.append(part(content.get(i), param + ".content[" + i + "]"));
    }
    return text.toString();
  }

  private static String part(JsonNode part, String param) {
    String type = part.path("type").asText();
    if (!type.equals("text") && !type.equals("refusal")) {
      throw Fields.unsupported(
          param + ".type",
          "The self-test model reads text only; send parts of the type \"text\", or use another"
              + " model.");
    }
    JsonNode text = part.path(type);
    if (!text.isTextual()) {
      throw Fields.wrong(param + "." + type, "a text");
    }
    return text.textValue();
  }
}
