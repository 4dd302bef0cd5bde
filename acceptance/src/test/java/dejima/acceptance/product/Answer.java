package dejima.acceptance.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// A whole HTTP answer.
///
/// @param status its status
/// @param headers its headers
/// @param text its body as text
public record Answer(int status, HttpHeaders headers, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        response.headers(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  /// JSON read from a text; fails the test if it is none.
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + text, malformed);
    }
  }

  /// The body as JSON.
  public JsonNode json() {
    return json(text);
  }

  /// A header's value, empty if it is not there.
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// The request's receipt id.
  public String receiptId() {
    return header("dejima-receipt");
  }

  /// The `code` of an OpenAI error object.
  public String errorCode() {
    return json().path("error").path("code").asText();
  }

  /// The same answer, which must have this status.
  public Answer expect(int wanted) {
    if (status != wanted) {
      throw new AssertionError("status %d instead of %d: %s".formatted(status, wanted, text));
    }
    return this;
  }
}
