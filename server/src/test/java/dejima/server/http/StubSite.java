package dejima.server.http;

import dejima.agent.TlsIdentity;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A site's end of the wire that does whatever a test tells it to.
final class StubSite {
  private final TlsIdentity identity;
  private final HttpServer server;
  private final List<Buffer> bodies = new CopyOnWriteArrayList<>();
  private volatile Handler<HttpServerRequest> behaviour = request -> request.response().end();

  StubSite(Vertx vertx, Path directory, String name) {
    this.identity = TlsIdentity.inDirectory(directory, name, dejima.server.Specimen.CLOCK);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setSsl(true).setKeyCertOptions(identity.options()))
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body -> {
                      bodies.add(body);
                      behaviour.handle(request);
                    }))
            .listen(0, "127.0.0.1")
            .await();
  }

  void does(Handler<HttpServerRequest> next) {
    behaviour = next;
  }

  List<Buffer> bodies() {
    return bodies;
  }

  TlsIdentity identity() {
    return identity;
  }

  int port() {
    return server.actualPort();
  }
}
