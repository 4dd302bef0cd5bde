package dejima.bench.stub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Optional;

/// The two fields of a chat request that the stub acts on.
///
/// @param model the model asked for
/// @param stream whether the answer is to be streamed
record ChatRequest(StubModel model, boolean stream) {
  private static final JsonFactory JSON = new JsonFactory();

  /// Reads a request body.
  ///
  /// @param body the bytes
  /// @return the request, or nothing when it is no JSON object or names no model of the stub
  static Optional<ChatRequest> read(ByteBuf body) {
    try (JsonParser json = JSON.createParser(ByteBufUtil.getBytes(body))) {
      return json.nextToken() == JsonToken.START_OBJECT ? fields(json) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ChatRequest> fields(JsonParser json) throws IOException {
    Optional<StubModel> model = Optional.empty();
    boolean stream = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("model")) {
        model = StubModel.named(json.getText());
      } else if (field.equals("stream")) {
        stream = json.getBooleanValue();
      } else {
        json.skipChildren();
      }
    }
    boolean streamed = stream;
    return model.map(known -> new ChatRequest(known, streamed));
  }
}
