package dejima.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Sends requests to a contender on loopback from one event loop thread. Number, time and address
/// are bounded: it never talks to another machine.
public final class LoadGenerator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /// Puts a load on a target and waits for its end. What is still open some seconds after the
  /// load's time counts as broken.
  ///
  /// @param target whom to ask
  /// @param question what to ask
  /// @param load how often
  /// @return what came of it
  public Tally run(Target target, Question question, Load load) {
    var tally = new Tally();
    Pace pace =
        switch (load) {
          case Load.Closed closed -> new ClosedPace(closed.time());
          case Load.Fixed fixed -> new FixedPace(fixed.perSecond(), fixed.time(), loop.next());
        };
    int connections =
        switch (load) {
          case Load.Closed closed -> closed.connections();
          case Load.Fixed _ -> 1;
        };
    byte[] wire = question.wire(target);
    long start = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      connect(target, new Exchanger(wire, question.answer(), tally, pace), tally, pace);
    }
    pace.await(connections, load.time().plus(PATIENCE));
    onLoop(() -> tally.ended(pace.lastAnswer() - start));
    return tally;
  }

  /// Opens streams, a few at a time as a crowd of users would, and leaves them open.
  ///
  /// @param target whom to ask
  /// @param question a question whose answer does not end
  /// @param count how many streams, at most {@link Load#LARGEST}
  /// @param patience how long to wait at most for the first bytes of all of them
  /// @return the open streams; close them
  public HeldStreams hold(Target target, Question question, int count, Duration patience) {
    var held = new HeldStreams();
    byte[] wire = question.wire(target);
    long end = System.nanoTime() + patience.toNanos();
    for (int i = 0; i < Math.min(count, Load.LARGEST) && held.awaitTurn(end); i++) {
      var exchanger = new Exchanger(wire, question.answer(), new Tally(), held);
      held.add(bootstrap(exchanger).connect("127.0.0.1", target.port()).channel());
    }
    held.awaitAll(end);
    return held;
  }

  /// Ends the event loop.
  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void connect(Target target, Exchanger exchanger, Tally tally, Pace pace) {
    var _ =
        bootstrap(exchanger)
            .connect("127.0.0.1", target.port())
            .addListener(connected -> {
              if (!connected.isSuccess()) {
                tally.countBroken();
                pace.gone(exchanger);
              }
            });
  }

  private Bootstrap bootstrap(Exchanger exchanger) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), exchanger);
              }
            });
  }

  private void onLoop(Runnable action) {
    var _ = loop.next().submit(action).syncUninterruptibly();
  }

  /// Closes a channel and waits for it.
  static void close(Channel channel) {
    channel.close().awaitUninterruptibly();
  }
}
