package dejima.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Collects a request's body up to a limit.
final class BodyCollector {
  private final int limit;
  private final Consumer<Buffer> whole;
  private final Runnable tooLarge;
  private Buffer collected = Buffer.buffer(0);
  private boolean empty = true;
  private boolean growing;
  private boolean overflown;

  private BodyCollector(int limit, Consumer<Buffer> whole, Runnable tooLarge) {
    this.limit = limit;
    this.whole = whole;
    this.tooLarge = tooLarge;
  }

  /// Calls `whole` with the body, or `tooLarge` as soon as it is known to be longer than `limit`;
  /// what then still comes is read and dropped, so that the client gets to hear the answer.
  static void collect(
      HttpServerRequest request, int limit, Consumer<Buffer> whole, Runnable tooLarge) {
    BodyCollector collector = new BodyCollector(limit, whole, tooLarge);
    request.handler(collector::add);
    request.endHandler(_ -> collector.end());
    if (declaredLength(request) > limit) {
      collector.overflow();
    }
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException notANumber) {
      return Long.MAX_VALUE;
    }
  }

  private void add(Buffer chunk) {
    if (overflown) {
      return;
    }
    if ((long) collected.length() + chunk.length() > limit) {
      overflow();
    } else if (empty) {
      empty = false;
      collected = chunk;
    } else {
      append(chunk);
    }
  }

  private void append(Buffer chunk) {
    if (!growing) {
      collected = Buffer.buffer(collected.length() * 2).appendBuffer(collected);
      growing = true;
    }
    collected.appendBuffer(chunk);
  }

  private void overflow() {
    overflown = true;
    collected = Buffer.buffer(0);
    tooLarge.run();
  }

  private void end() {
    if (!overflown) {
      whole.accept(collected);
    }
  }
}
