package dejima.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/// An error in OpenAI's form.
///
/// @param status HTTP status
/// @param type OpenAI's class of error
/// @param code which error, for programs
/// @param message what happened and what to do, for people
public record ErrorAnswer(int status, String type, String code, String message) {
  /// The caller must change the request.
  public static ErrorAnswer invalid(int status, String code, String message) {
    return new ErrorAnswer(status, "invalid_request_error", code, message);
  }

  /// The site or its engine cannot answer now.
  public static ErrorAnswer unavailable(int status, String code, String message) {
    return new ErrorAnswer(status, "server_error", code, message);
  }

  /// The error object, as UTF-8 JSON.
  public byte[] body() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("message", message).put("type", type).putNull("param").put("code", code);
    return JsonNodeFactory.instance
        .objectNode()
        .set("error", error)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
