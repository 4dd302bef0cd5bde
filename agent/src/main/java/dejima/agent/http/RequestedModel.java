package dejima.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dejima.attestation.SealedPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The model that a request's body asks for.
sealed interface RequestedModel {
  /// The body is a JSON object that names one model.
  ///
  /// @param sealed whether it is a sealed prompt, which no engine may get as it is
  record Named(String id, boolean sealed) implements RequestedModel {}

  /// It is not; the reason quotes nothing of it.
  record Unreadable(String reason) implements RequestedModel {}

  int DEEPEST = 128;
  int LONGEST_NAME = 256;
  JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /// Reads the whole body, so that the engine is never asked with text that another parser could
  /// read differently.
  static RequestedModel of(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? inObject(parser)
          : new Unreadable("the body must be a JSON object");
    } catch (IOException malformed) {
      return new Unreadable(
          "the body is not well-formed JSON in UTF-8 of at most " + DEEPEST + " levels");
    }
  }

  private static RequestedModel inObject(JsonParser parser) throws IOException {
    String id = "";
    boolean again = false;
    boolean sealed = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean model = "model".equals(parser.currentName());
      sealed |= SealedPrompt.MARK.equals(parser.currentName());
      JsonToken value = parser.nextToken();
      if (model && (again || value != JsonToken.VALUE_STRING)) {
        return new Unreadable(again ? "the body names a model twice" : "model must be a string");
      }
      if (model) {
        again = true;
        id = parser.getText();
      }
      parser.skipChildren();
    }
    if (!again) {
      return new Unreadable("the body must name a model");
    }
    return parser.nextToken() == null
        ? named(id, sealed)
        : new Unreadable("something follows the JSON object");
  }

  private static RequestedModel named(String id, boolean sealed) {
    boolean fit =
        !id.isEmpty()
            && id.length() <= LONGEST_NAME
            && StandardCharsets.UTF_8.newEncoder().canEncode(id);
    return !fit
        ? new Unreadable("model must have 1 to " + LONGEST_NAME + " characters")
        : new Named(id, sealed);
  }
}
