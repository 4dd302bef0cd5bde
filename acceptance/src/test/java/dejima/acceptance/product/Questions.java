package dejima.acceptance.product;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Request bodies.
public final class Questions {
  private Questions() {}

  /// A chat request with one user message.
  public static String chat(String model, String question, boolean stream) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", model).put("stream", stream);
    if (stream) {
      body.putObject("stream_options").put("include_usage", true);
    }
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    return body.toString();
  }
}
