package dejima.bench.stub;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The stub upstream: one event loop on loopback, TLS 1.3 on one port (a client certificate is
/// asked for and any is taken) and plain HTTP/1.1 on another.
public final class StubServer implements AutoCloseable {
  private static final int BACKLOG = 4_096;

  private final EventLoopGroup loop;
  private final Channel secure;
  private final Channel plain;

  private StubServer(EventLoopGroup loop, Channel secure, Channel plain) {
    this.loop = loop;
    this.secure = secure;
    this.plain = plain;
  }

  /// Starts the stub on two free ports.
  ///
  /// @param identity the key that it serves TLS with
  /// @return the running stub
  public static StubServer start(SiteIdentity identity) {
    var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    SslContext tls = tlsOf(identity);
    Channel secure =
        bind(loop, channel -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
    Channel plain = bind(loop, channel -> {});
    return new StubServer(loop, secure, plain);
  }

  /// The TLS port.
  ///
  /// @return a port on 127.0.0.1
  public int securePort() {
    return ((InetSocketAddress) secure.localAddress()).getPort();
  }

  /// The plain HTTP port.
  ///
  /// @return a port on 127.0.0.1
  public int plainPort() {
    return ((InetSocketAddress) plain.localAddress()).getPort();
  }

  /// Closes both ports and every connection.
  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static SslContext tlsOf(SiteIdentity identity) {
    try {
      return SslContextBuilder.forServer(identity.certificate().toFile(), identity.key().toFile())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3")
          .clientAuth(ClientAuth.OPTIONAL)
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("the stub's key cannot be used", e);
    }
  }

  private static Channel bind(EventLoopGroup loop, Transport transport) {
    var scripts = new Scripts();
    var pages = new SitePages();
    var initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            transport.addTo(channel);
            channel.pipeline().addLast(new HttpServerCodec(), new StubHandler(scripts, pages));
          }
        };
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(initializer)
        .bind("127.0.0.1", 0)
        .syncUninterruptibly()
        .channel();
  }

  private interface Transport {
    void addTo(SocketChannel channel);
  }
}
