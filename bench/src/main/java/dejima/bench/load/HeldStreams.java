package dejima.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Streams that stay open until they are closed here.
public final class HeldStreams implements Exchanger.Listener, AutoCloseable {
  private static final int AT_ONCE = 32;

  private final List<Channel> channels = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Semaphore opening = new Semaphore(AT_ONCE);

  HeldStreams() {}

  /// The streams that have brought their first bytes and are still open.
  ///
  /// @return a count
  public int flowing() {
    return open.get();
  }

  @Override
  public void close() {
    channels.forEach(LoadGenerator::close);
  }

  @Override
  public void ready(Exchanger exchanger, ChannelHandlerContext context) {
    exchanger.send(context, System.nanoTime());
  }

  @Override
  public void begun(Exchanger exchanger) {
    open.incrementAndGet();
    opening.release();
  }

  @Override
  public void answered(Exchanger exchanger, ChannelHandlerContext context) {
    var _ = context.close();
  }

  @Override
  public void gone(Exchanger exchanger) {
    if (exchanger.begun()) {
      open.decrementAndGet();
    } else {
      opening.release();
    }
  }

  void add(Channel channel) {
    channels.add(channel);
  }

  /// Waits until another stream may be opened.
  ///
  /// @return false when it is too late for that
  boolean awaitTurn(long end) {
    return acquire(1, end);
  }

  /// Waits until no stream is about to open.
  void awaitAll(long end) {
    if (acquire(AT_ONCE, end)) {
      opening.release(AT_ONCE);
    }
  }

  private boolean acquire(int permits, long end) {
    try {
      return opening.tryAcquire(permits, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
