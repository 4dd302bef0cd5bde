package dejima.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What the gateway asks a site's agent again and again, over the connections that carry its
/// traffic. Answers are bounded in length and in time, and the time covers their judging too. It
/// lives on one event loop.
final class SiteQuestion {
  private final SiteConnection site;
  private final Function<String, HttpClientAgent> clients;
  private final String subject;
  private final int longest;
  private final Duration within;
  private boolean open;

  /// What a site answered.
  ///
  /// @param body the whole of it
  /// @param shown the key with which the site answered
  record Answer(Buffer body, Optional<PublicKey> shown) {}

  /// @param clients the site's connections under the key of a pin
  /// @param subject what is asked for, as messages call it
  /// @param longest how many bytes of an answer are read
  /// @param within how long asking and judging may take
  SiteQuestion(
      SiteConnection site,
      Function<String, HttpClientAgent> clients,
      String subject,
      int longest,
      Duration within) {
    this.site = site;
    this.clients = clients;
    this.subject = subject;
    this.longest = longest;
    this.within = within;
  }

  /// Asks once; nothing happens while the last question is still open.
  ///
  /// @param pin the key that must answer
  /// @param judge takes the answer
  /// @return fails, saying how, unless the site answered 200 and the answer was taken
  Future<Void> ask(String pin, String uri, Function<Answer, Future<Void>> judge) {
    if (open) {
      return Future.succeededFuture();
    }
    open = true;
    return clients
        .apply(pin)
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(site.address())
                .setHost(site.config().host())
                .setPort(site.config().port())
                .setURI(uri))
        .compose(request ->
            answer(request)
                .compose(judge)
                .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(_ -> request.reset()))
        .eventually(() -> {
          open = false;
          return Future.succeededFuture();
        });
  }

  private Future<Answer> answer(HttpClientRequest request) {
    return request
        .send()
        .compose(response ->
            response.statusCode() == 200
                ? body(response)
                : Future.failedFuture("status " + response.statusCode()))
        .map(body -> new Answer(body, shownKey(request)));
  }

  private Future<Buffer> body(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(bytes -> {
      if (body.length() + bytes.length() > longest) {
        whole.tryFail("its " + subject + " is longer than " + longest + " bytes");
      } else {
        body.appendBuffer(bytes);
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(_ -> whole.tryComplete(body));
    return whole.future();
  }

  private static Optional<PublicKey> shownKey(HttpClientRequest request) {
    try {
      return Optional.of(request.connection().sslSession().getPeerCertificates()[0].getPublicKey());
    } catch (SSLPeerUnverifiedException unverified) {
      return Optional.empty();
    }
  }
}
