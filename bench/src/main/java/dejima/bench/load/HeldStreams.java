package dejima.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Streams that stay open until they are closed here.
public final class HeldStreams implements Exchanger.Listener, AutoCloseable {
  private final List<Channel> channels = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch begun;

  HeldStreams(int count) {
    this.begun = new CountDownLatch(count);
  }

  /// Waits until every stream has brought its first bytes.
  ///
  /// @param patience how long at most
  /// @return whether all have; see {@link #flowing()} for how many
  public boolean awaitFirstBytes(Duration patience) {
    try {
      return begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The streams that have begun and are still open.
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
    begun.countDown();
  }

  @Override
  public void answered(Exchanger exchanger, ChannelHandlerContext context) {
    var _ = context.close();
  }

  @Override
  public void gone(Exchanger exchanger) {
    if (exchanger.begun()) {
      open.decrementAndGet();
    }
  }

  void add(Channel channel) {
    channels.add(channel);
  }
}
