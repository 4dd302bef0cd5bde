package dejima.bench.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One request each period, on one connection. A request that waits for the one before is timed
/// from its due start; one that the timer alone delays is timed from when it was sent.
final class FixedPace extends Pace {
  private final long period;
  private final long requests;
  private final EventLoop loop;
  private long begin;
  private long sent;

  FixedPace(int perSecond, Duration time, EventLoop loop) {
    this.period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.requests = Math.max(1, time.toNanos() / period);
    this.loop = loop;
  }

  @Override
  public void ready(Exchanger exchanger, ChannelHandlerContext context) {
    begin = System.nanoTime();
    next(exchanger, context);
  }

  @Override
  void next(Exchanger exchanger, ChannelHandlerContext context) {
    if (sent == requests) {
      var _ = context.close();
      return;
    }
    long due = begin + sent * period;
    long wait = due - System.nanoTime();
    sent++;
    if (wait <= 0) {
      exchanger.send(context, due);
    } else {
      var _ =
          loop.schedule(
              () -> exchanger.send(context, System.nanoTime()), wait, TimeUnit.NANOSECONDS);
    }
  }
}
