package dejima.bench.stub;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One client connection of the stub: reads a request to its end, then answers it.
final class StubHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final int LARGEST_BODY = 1 << 20;

  private final Scripts scripts;
  private final SitePages pages;
  private HttpMethod method = HttpMethod.GET;
  private String path = "";
  private final ByteBuf body = Unpooled.buffer(2_048, LARGEST_BODY);

  StubHandler(Scripts scripts, SitePages pages) {
    this.scripts = scripts;
    this.pages = pages;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpRequest request) {
      method = request.method();
      path = request.uri();
      body.clear();
    }
    if (message instanceof HttpContent content) {
      if (body.readableBytes() + content.content().readableBytes() > LARGEST_BODY) {
        var _ = context.close();
        return;
      }
      body.writeBytes(content.content());
    }
    if (message instanceof LastHttpContent) {
      answer(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private void answer(ChannelHandlerContext context) {
    if (method.equals(HttpMethod.GET)) {
      sendOr(HttpResponseStatus.NOT_FOUND, context, pages.at(path));
      return;
    }
    Optional<ChatRequest> request = ChatRequest.read(body);
    if (request.isPresent() && request.get().stream()) {
      stream(context, scripts.of(request.get().model()));
    } else {
      sendOr(
          HttpResponseStatus.BAD_REQUEST,
          context,
          request.map(chat -> scripts.of(chat.model()).json()));
    }
  }

  private static void sendOr(
      HttpResponseStatus missing, ChannelHandlerContext context, Optional<byte[]> bytes) {
    send(context, bytes.isPresent() ? HttpResponseStatus.OK : missing, bytes.orElse(new byte[0]));
  }

  private static void send(ChannelHandlerContext context, HttpResponseStatus status, byte[] bytes) {
    var response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes));
    response
        .headers()
        .set(CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(CONTENT_LENGTH, bytes.length);
    var _ = context.writeAndFlush(response);
  }

  private static void stream(ChannelHandlerContext context, Script script) {
    var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(CONTENT_TYPE, "text/event-stream")
        .set("cache-control", "no-cache")
        .set(TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    var _ = context.write(head);
    sendChunk(context, script, 0);
  }

  private static void sendChunk(ChannelHandlerContext context, Script script, int first) {
    int index = first;
    while (index < script.chunks() && context.channel().isActive()) {
      var chunk = new DefaultHttpContent(Unpooled.wrappedBuffer(script.chunk(index)));
      var _ = context.writeAndFlush(chunk).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
      index++;
      if (script.delayMillis() > 0) {
        int next = index;
        var _ =
            context
                .executor()
                .schedule(
                    () -> sendChunk(context, script, next),
                    script.delayMillis(),
                    TimeUnit.MILLISECONDS);
        return;
      }
    }
    if (context.channel().isActive()) {
      var _ = context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(script.done())));
      var _ = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }
}
