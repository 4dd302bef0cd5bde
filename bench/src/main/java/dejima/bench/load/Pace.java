package dejima.bench.load;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Decides when a connection sends its next request, and closes it after its last one.
abstract class Pace implements Exchanger.Listener {
  private final Semaphore closed = new Semaphore(0);
  private volatile long lastAnswer = System.nanoTime();

  @Override
  public final void answered(Exchanger exchanger, ChannelHandlerContext context) {
    lastAnswer = System.nanoTime();
    next(exchanger, context);
  }

  @Override
  public final void gone(Exchanger exchanger) {
    closed.release();
  }

  /// Sends the next request now or later, or closes the connection.
  abstract void next(Exchanger exchanger, ChannelHandlerContext context);

  final long lastAnswer() {
    return lastAnswer;
  }

  /// Waits until all connections are closed or patience ends.
  final void await(int connections, Duration patience) {
    try {
      if (!closed.tryAcquire(connections, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StalledException(connections - closed.availablePermits());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StalledException(connections);
    }
  }
}
