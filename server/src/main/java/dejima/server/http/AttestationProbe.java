package dejima.server.http;

import dejima.server.attestation.AttestationDesk;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.security.PublicKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Asks a site's agent for attestation, over the connections that carry its traffic.
final class AttestationProbe {
  private static final int TIMEOUT_SECONDS = 10;
  private static final int LONGEST = 1 << 20;

  private final SiteConnection site;
  private final HttpClientAgent client;
  private final AttestationDesk desk;
  private final Executor background;
  private boolean asking;

  AttestationProbe(
      SiteConnection site, HttpClientAgent client, AttestationDesk desk, Executor background) {
    this.site = site;
    this.client = client;
    this.desk = desk;
    this.background = background;
  }

  /// Asks once, unless the last question is still open.
  void ask() {
    if (asking) {
      return;
    }
    asking = true;
    client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(site.address())
                .setHost(site.config().host())
                .setPort(site.config().port())
                .setURI("/dejima/v1/attestation?nonce=" + desk.nonce(site.state().id())))
        .compose(request ->
            answer(request)
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .onFailure(_ -> request.reset()))
        .onFailure(failed -> desk.unheard(site.state(), String.valueOf(failed.getMessage())))
        .onComplete(_ -> asking = false);
  }

  private Future<Void> answer(HttpClientRequest request) {
    return request
        .send()
        .compose(response ->
            response.statusCode() == 200
                ? body(response)
                : Future.failedFuture("status " + response.statusCode()))
        .compose(body -> hear(request, body));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    io.vertx.core.Promise<Buffer> whole = io.vertx.core.Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(bytes -> {
      if (body.length() + bytes.length() > LONGEST) {
        whole.tryFail("its attestation is longer than " + LONGEST + " bytes");
      } else {
        body.appendBuffer(bytes);
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(_ -> whole.tryComplete(body));
    return whole.future();
  }

  private Future<Void> hear(HttpClientRequest request, Buffer body) {
    try {
      PublicKey shown = request.connection().sslSession().getPeerCertificates()[0].getPublicKey();
      return Future.fromCompletionStage(
          CompletableFuture.runAsync(
              () -> desk.hear(site.state(), body.getBytes(), shown), background));
    } catch (SSLPeerUnverifiedException unverified) {
      return Future.failedFuture("it shows no key");
    }
  }
}
