package dejima.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A chat request and the only answer that counts as right. The arrays given in and out are not
/// copied; nobody changes them.
public final class Question {
  private final byte[] body;
  private final byte[] answer;

  /// A request with its answer.
  ///
  /// @param body the request body
  /// @param answer the bytes of the response body
  public Question(byte[] body, byte[] answer) {
    this.body = body;
    this.answer = answer;
  }

  /// The request body.
  ///
  /// @return the bytes
  public byte[] body() {
    return body;
  }

  /// The right answer.
  ///
  /// @return the bytes of the response body
  public byte[] answer() {
    return answer;
  }

  /// The request as it goes over the wire.
  ///
  /// @param target whom it is for
  /// @return head and body
  byte[] wire(Target target) {
    var head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\n");
    head.append("host: 127.0.0.1:").append(target.port()).append("\r\n");
    head.append("content-type: application/json\r\naccept: */*\r\n");
    target
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    var wire = new ByteArrayOutputStream();
    wire.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    wire.writeBytes(body);
    return wire.toByteArray();
  }

  /// The same request with another right answer, for a gateway that is known to rewrite answers.
  ///
  /// @param other the bytes of the response body
  /// @return a new question
  public Question answeredBy(byte[] other) {
    return new Question(body, other);
  }
}
