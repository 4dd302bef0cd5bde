package dejima.server.admin;

import dejima.evidence.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer of the admin plane. Errors have the form of RFC 9457.
///
/// @param status its HTTP status
/// @param body its body
record Reply(int status, Json body) {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  /// A success.
  static Reply ok(Json body) {
    return new Reply(200, body);
  }

  /// An error.
  static Reply problem(int status, String title, List<String> details) {
    return new Reply(
        status,
        Json.object()
            .put("status", status)
            .put("title", title)
            .put("detail", String.join("\n", details))
            .build());
  }

  /// A handler for work that blocks.
  ///
  /// @param background where it is done
  static Handler<RoutingContext> blocking(
      Executor background, Function<RoutingContext, Reply> work) {
    return context ->
        background.execute(() -> {
          Reply reply = answer(context, work);
          context.vertx().runOnContext(_ -> reply.write(context));
        });
  }

  private static Reply answer(RoutingContext context, Function<RoutingContext, Reply> work) {
    try {
      return work.apply(context);
    } catch (RuntimeException failed) {
      LOG.error("{} {} failed", context.request().method(), context.request().path(), failed);
      return problem(
          503, "The operation failed", List.of("See the server's log; is PostgreSQL up?"));
    }
  }

  void write(RoutingContext context) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(body.canonicalBytes()));
  }
}
