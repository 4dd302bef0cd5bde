package dejima.server.http;

import dejima.gateway.Dialect;
import dejima.gateway.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Refuses requests that two servers in a row could read differently (RFC 9112 §11.2), in the
/// client's dialect and with the end of the connection, because nobody knows where the next one
/// would begin.
final class StrictHead {
  private static final String CODE = "malformed_request";

  private StrictHead() {}

  /// What is wrong with a head that could be read.
  static Optional<Problem> fault(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!isVisibleAscii(request.uri())) {
      return problem("The request's target holds characters that must be percent-encoded.");
    }
    if (headers.contains("")) {
      return problem("A header has no name.");
    }
    if (headers.getAll("Authorization").size() > 1) {
      return problem("Send one 'Authorization' header, not several.");
    }
    return isHttp1(request) ? http1(request.version(), headers) : Optional.empty();
  }

  private static boolean isHttp1(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_1 || request.version() == HttpVersion.HTTP_1_0;
  }

  private static Optional<Problem> http1(HttpVersion version, MultiMap headers) {
    int hosts = headers.getAll("Host").size();
    if (hosts > 1 || (hosts == 0 && version == HttpVersion.HTTP_1_1)) {
      return problem("Send exactly one 'Host' header."); // RFC 9112 §3.2
    }
    List<String> codings = headers.getAll("Transfer-Encoding");
    if (codings.size() > 1
        || (codings.size() == 1 && !codings.getFirst().equalsIgnoreCase("chunked"))) {
      return problem("Send the body with 'Content-Length' or 'Transfer-Encoding: chunked'.");
    }
    return Optional.empty();
  }

  private static boolean isVisibleAscii(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static Optional<Problem> problem(String message) {
    return Optional.of(Problem.badRequest(CODE, message));
  }

  /// Answers a request that could not be read as HTTP at all.
  static void unreadable(HttpServerRequest request) {
    String cause = String.valueOf(request.decoderResult().cause().getMessage());
    if (cause.startsWith("An HTTP line is larger")) {
      refuse(request, tooLong(414, "The request's target is too long. Shorten it."));
    } else if (cause.startsWith("HTTP header is larger")) {
      refuse(request, tooLong(431, "The request's headers are too long. Send fewer or shorter."));
    } else {
      refuse(
          request,
          Problem.badRequest(CODE, "The request is not HTTP/1.1 as RFC 9112 writes it. Mend it."));
    }
  }

  private static Problem tooLong(int status, String message) {
    return new Problem(
        status, "invalid_request_error", CODE, message, Optional.empty(), OptionalInt.empty());
  }

  /// Answers a fault and ends the connection.
  static void refuse(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    Dialect dialect = request.uri().startsWith("/openai/") ? Dialect.AZURE : Dialect.OPENAI;
    if (!isHttp1(request)) {
      Answers.problem(response, dialect, problem);
      return;
    }
    // Were the answer ended, Vert.x would hand on what it takes for the next request.
    byte[] body = dialect.error(problem);
    response
        .setStatusCode(problem.status())
        .putHeader("Connection", "close")
        .putHeader("Content-Type", "application/json")
        .putHeader("Content-Length", Integer.toString(body.length))
        .putHeader("x-should-retry", "false")
        .write(Buffer.buffer(body))
        .onComplete(_ -> request.connection().close());
  }
}
