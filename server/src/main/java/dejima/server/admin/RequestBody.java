package dejima.server.admin;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Reads what a client of the admin plane sent.
final class RequestBody {
  private RequestBody() {}

  /// The body as JSON.
  static Reading<Json> json(RoutingContext context) {
    Buffer body = context.body().buffer();
    return body == null
        ? new Reading.Unreadable<>("the body is empty")
        : Json.read(body.getBytes());
  }

  /// The body, where it is a JSON object.
  static Optional<Json.Obj> object(RoutingContext context) {
    return json(context).toOptional().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
  }
}
