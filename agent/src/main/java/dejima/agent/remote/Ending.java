package dejima.agent.remote;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/// Whether an answer's end is the end that the engine meant.
///
/// With a length or in chunks (RFC 9112 §6) HTTP itself tells. An answer that lasts until the
/// connection closes tells nothing: then an event stream must have said `[DONE]`.
final class Ending {
  private static final String DONE = "data: [DONE]";
  private static final int TAIL = 64;

  private final boolean framed;
  private final boolean stream;
  private String tail = "";

  Ending(HttpClientResponse response) {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    this.framed =
        response.getHeader(HttpHeaders.CONTENT_LENGTH) != null
            || response.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    this.stream = type != null && type.startsWith("text/event-stream");
  }

  /// Looks at bytes that pass.
  void sees(Buffer bytes) {
    if (!framed && stream) {
      int from = Math.max(0, bytes.length() - TAIL);
      String seen = tail + new String(bytes.getBytes(from, bytes.length()), StandardCharsets.UTF_8);
      tail = seen.substring(Math.max(0, seen.length() - TAIL));
    }
  }

  /// What to make of the end.
  Arrival arrival() {
    return framed || !stream || tail.contains(DONE)
        ? new Arrival.End()
        : new Arrival.Broken("it stopped in mid-answer");
  }
}
