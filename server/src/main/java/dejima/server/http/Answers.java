package dejima.server.http;

import dejima.gateway.Dialect;
import dejima.gateway.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/// Writes complete answers.
final class Answers {
  private Answers() {}

  /// An error in the client's dialect. `x-should-retry` tells OpenAI's clients whether to try
  /// again.
  static void problem(HttpServerResponse response, Dialect dialect, Problem problem) {
    response.putHeader(
        "x-should-retry", problem.retryAfterSeconds().isPresent() ? "true" : "false");
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.putHeader("Retry-After", Integer.toString(seconds)));
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"dejima\"");
    }
    json(response, problem.status(), dialect.error(problem));
  }

  /// A JSON answer.
  static void json(HttpServerResponse response, int status, byte[] body) {
    respond(response, status, "application/json", body);
  }

  /// A plain text answer.
  static void text(HttpServerResponse response, int status, String text) {
    respond(response, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// An answer of one piece.
  static void respond(HttpServerResponse response, int status, String type, byte[] body) {
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", type)
          .putHeader("X-Content-Type-Options", "nosniff")
          .end(Buffer.buffer(body));
    }
  }
}
