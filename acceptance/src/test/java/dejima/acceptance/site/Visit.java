package dejima.acceptance.site;

import dejima.evidence.Commitment;
import dejima.evidence.SiteStatement;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// One inference request at a stub site, whose body is there.
///
/// @param site where it came
/// @param request the request
/// @param body its body
public record Visit(StubSite site, HttpServerRequest request, Buffer body) {
  /// Which attempt of the request this is.
  public int attempt() {
    return Integer.parseInt(request.getHeader("Dejima-Attempt"));
  }

  /// Whether a streamed answer is wanted.
  public boolean stream() {
    return body.toString().contains("\"stream\":true");
  }

  /// Starts a stream of server-sent events.
  public HttpServerResponse events() {
    HttpServerResponse response = request.response();
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    return response;
  }

  /// Ends an answer with the site's signed statement on `answered`, as an agent does.
  public void endSigned(String answered, int status) {
    byte[] salt = Base64.getDecoder().decode(request.getHeader("Dejima-Salt"));
    SiteStatement statement =
        new SiteStatement(
            site.id(),
            request.getHeader("Dejima-Receipt"),
            attempt(),
            Commitment.to(salt, body.getBytes()),
            Commitment.to(salt, answered.getBytes(StandardCharsets.UTF_8)),
            site.model(),
            StubSite.DIGEST,
            status);
    byte[] signature = site.identity().sign(statement.canonicalBytes());
    request
        .response()
        .putTrailer("Dejima-Site-Statement", statement.headerValue())
        .putTrailer("Dejima-Site-Signature", Base64.getEncoder().encodeToString(signature))
        .end();
  }
}
