package dejima.agent.http;

import dejima.agent.ErrorAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Answers that no engine was asked for and that carry no statement.
final class Plain {
  private Plain() {}

  /// A JSON document.
  static void json(HttpServerRequest request, byte[] body) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Buffer.buffer(body));
  }

  /// An error, after which the connection closes: the rest of the request is not read.
  static void refuse(HttpServerRequest request, ErrorAnswer error) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(error.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(Buffer.buffer(error.body()))
        .onComplete(sent -> request.connection().close());
  }
}
