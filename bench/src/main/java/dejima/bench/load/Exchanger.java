package dejima.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/// One connection: sends a request at a time and compares the answer with the right one as it
/// arrives.
final class Exchanger extends ChannelInboundHandlerAdapter {
  private final ByteBuf request;
  private final ByteBuf answer;
  private final Tally tally;
  private final Listener listener;
  private boolean open;
  private boolean matches;
  private boolean readSomething;
  private int received;
  private long started;
  private long firstByte;

  Exchanger(byte[] request, byte[] answer, Tally tally, Listener listener) {
    this.request = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(request));
    this.answer = Unpooled.wrappedBuffer(answer);
    this.tally = tally;
    this.listener = listener;
  }

  /// Whether the current or last answer has brought a right first part of its body.
  boolean begun() {
    return firstByte != 0;
  }

  /// Sends the request.
  ///
  /// @param due when it should have started, from {@link System#nanoTime()}
  void send(ChannelHandlerContext context, long due) {
    open = true;
    matches = true;
    received = 0;
    firstByte = 0;
    started = due;
    var _ = context.writeAndFlush(request.duplicate());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    listener.ready(this, context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpResponse response) {
        matches &=
            response.status().equals(HttpResponseStatus.OK) && response.decoderResult().isSuccess();
      }
      if (message instanceof HttpContent content) {
        compare(content.content());
      }
      if (message instanceof LastHttpContent last) {
        matches &= last.decoderResult().isSuccess();
        finish(context);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (readSomething) {
      readSomething = false;
      tally.countRead();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (open) {
      open = false;
      tally.countBroken();
    }
    listener.gone(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private void compare(ByteBuf part) {
    int length = part.readableBytes();
    if (length == 0) {
      return;
    }
    readSomething = true;
    matches =
        matches
            && received + length <= answer.readableBytes()
            && ByteBufUtil.equals(answer, received, part, part.readerIndex(), length);
    received += length;
    if (firstByte == 0 && matches) {
      firstByte = System.nanoTime();
      listener.begun(this);
    }
  }

  private void finish(ChannelHandlerContext context) {
    open = false;
    if (matches && received == answer.readableBytes()) {
      tally.countRight(started, firstByte, System.nanoTime());
    } else {
      tally.countWrong();
    }
    listener.answered(this, context);
  }

  /// What a load does at the turns of a connection. All calls come from the event loop.
  interface Listener {
    /// The connection is up and idle.
    void ready(Exchanger exchanger, ChannelHandlerContext context);

    /// The first part of an answer's body is here and right.
    default void begun(Exchanger exchanger) {}

    /// An answer is complete.
    void answered(Exchanger exchanger, ChannelHandlerContext context);

    /// The connection is closed.
    void gone(Exchanger exchanger);
  }
}
