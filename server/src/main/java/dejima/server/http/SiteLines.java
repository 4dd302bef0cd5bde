package dejima.server.http;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.location.TlsBinding;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Asks sites on the very connections that carry requests to them, those of one event loop after
/// the other.
public final class SiteLines {
  private static final int PATIENCE_SECONDS = 5;
  private static final int LONGEST = 16 << 10;
  private static final int OK = 200;

  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  private record Loop(Context context, SiteClients clients) {}

  /// What a site answered.
  ///
  /// @param body its JSON
  /// @param tls the connection that it came on
  /// @param key the key with which the site holds that connection
  public record Said(Json body, Reading<TlsBinding> tls, PublicKey key) {}

  /// One event loop has opened its connections.
  void join(Context context, SiteClients clients) {
    loops.add(new Loop(context, clients));
  }

  /// Posts JSON; the future fails with the reason in its message.
  public CompletableFuture<Said> post(SiteConnection site, String path, Json body) {
    CompletableFuture<Said> said = new CompletableFuture<>();
    List<Loop> now = List.copyOf(loops);
    if (now.isEmpty()) {
      said.completeExceptionally(new IllegalStateException("the listener is not open yet"));
      return said;
    }
    Loop loop = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
    loop.context.runOnContext(_ ->
        ask(loop, site, path, Buffer.buffer(body.canonicalBytes()))
            .onSuccess(said::complete)
            .onFailure(said::completeExceptionally));
    return said;
  }

  private static Future<Said> ask(Loop loop, SiteConnection site, String path, Buffer body) {
    return loop.clients
        .of(site)
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(site.address())
                .setHost(site.config().host())
                .setPort(site.config().port())
                .setURI(path))
        .compose(request ->
            request
                .send(body)
                .compose(SiteLines::whole)
                .compose(answer -> said(request, answer))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .onFailure(_ -> request.reset()));
  }

  private static Future<Said> said(HttpClientRequest request, Buffer answer) {
    SSLSession session = request.connection().sslSession();
    try {
      PublicKey key = session.getPeerCertificates()[0].getPublicKey();
      return switch (Json.read(answer.getBytes())) {
        case Reading.Read<Json>(Json json) ->
            Future.succeededFuture(new Said(json, TlsBinding.of(session), key));
        case Reading.Unreadable<Json>(String reason) -> Future.failedFuture(reason);
      };
    } catch (SSLPeerUnverifiedException unverified) {
      return Future.failedFuture("the site showed no key");
    }
  }

  private static Future<Buffer> whole(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(bytes -> {
      if (body.length() + bytes.length() > LONGEST) {
        whole.tryFail("its answer is longer than " + LONGEST + " bytes");
      } else {
        body.appendBuffer(bytes);
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(_ -> {
      if (response.statusCode() == OK) {
        whole.tryComplete(body);
      } else {
        whole.tryFail("status " + response.statusCode() + ": " + reason(body));
      }
    });
    return whole.future();
  }

  /// The message of an error in OpenAI's form.
  private static String reason(Buffer body) {
    return Json.read(body.getBytes()) instanceof Reading.Read<Json>(Json.Obj error)
        ? error.object("error").flatMap(e -> e.string("message")).orElse("no reason")
        : "no reason";
  }
}
