package dejima.agent.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Puts the model that a client's path named into its body, where the engine looks for it.
///
/// Azure's dialect names a deployment in the path and may leave `model` out of the body, or name
/// something else there. Only the value of that one key changes; commitments are over the client's
/// own bytes.
final class ModelOverride {
  private ModelOverride() {}

  /// The body with `model` as its model; a body that is no JSON object comes back as it was.
  static byte[] apply(byte[] body, String model) {
    try (JsonParser parser = RequestedModel.JSON.createParser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? inObject(parser, body, model) : body;
    } catch (IOException malformed) {
      return body;
    }
  }

  private static byte[] inObject(JsonParser parser, byte[] body, String model) throws IOException {
    int open = (int) parser.currentTokenLocation().getByteOffset() + 1;
    String quoted = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(model)) + '"';
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      empty = false;
      boolean found = "model".equals(parser.currentName());
      parser.nextToken();
      int start = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      if (found) {
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return spliced(body, start, end, quoted);
      }
    }
    return spliced(body, open, open, "\"model\":" + quoted + (empty ? "" : ","));
  }

  private static byte[] spliced(byte[] body, int start, int end, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + text.length());
    out.write(body, 0, start);
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write(body, end, body.length - end);
    return out.toByteArray();
  }
}
