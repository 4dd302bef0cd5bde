package dejima.bench.load;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;

/// The next request as soon as the answer is there, until the time is over.
final class ClosedPace extends Pace {
  private final long end;

  ClosedPace(Duration time) {
    this.end = System.nanoTime() + time.toNanos();
  }

  @Override
  public void ready(Exchanger exchanger, ChannelHandlerContext context) {
    next(exchanger, context);
  }

  @Override
  void next(Exchanger exchanger, ChannelHandlerContext context) {
    long now = System.nanoTime();
    if (now < end) {
      exchanger.send(context, now);
    } else {
      var _ = context.close();
    }
  }
}
