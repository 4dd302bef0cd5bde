package dejima.server.console;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// One browser's connection to the feed (WHATWG HTML, server-sent events).
///
/// The connection asks its reader a few times a second, and only while the socket takes what was
/// written before: nothing queues for a slow browser. A `Last-Event-ID` is of no use here, since
/// every connection begins with the whole state.
final class EventStream {
  private static final long TICK_MS = 200;
  private static final int TICKS_PER_HEARTBEAT = 75;

  private final HttpServerResponse response;
  private final FeedReader reader;
  private int quietTicks;

  private EventStream(HttpServerResponse response, FeedReader reader) {
    this.response = response;
    this.reader = reader;
  }

  /// Answers the request and goes on writing until the browser leaves.
  static void open(RoutingContext context, FeedReader reader) {
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream; charset=utf-8")
            .putHeader("Cache-Control", "no-store")
            // Compression would hold events back until a block is full.
            .putHeader("Content-Encoding", "identity")
            .putHeader("X-Accel-Buffering", "no");
    EventStream stream = new EventStream(response, reader);
    response.write("retry: 2000\n\n" + reader.poll());
    Vertx vertx = context.vertx();
    long timer = vertx.setPeriodic(TICK_MS, _ -> stream.tick());
    response.closeHandler(_ -> vertx.cancelTimer(timer));
    response.endHandler(_ -> vertx.cancelTimer(timer));
    response.exceptionHandler(_ -> vertx.cancelTimer(timer));
  }

  private void tick() {
    if (response.writeQueueFull()) {
      return;
    }
    String events = reader.poll();
    quietTicks = events.isEmpty() ? quietTicks + 1 : 0;
    if (!events.isEmpty()) {
      response.write(events);
    } else if (quietTicks % TICKS_PER_HEARTBEAT == 0) {
      response.write(": heartbeat\n\n");
    }
  }
}
