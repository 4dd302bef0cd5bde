package dejima.server.http;

import dejima.gateway.Attempt;
import dejima.gateway.InferencePlan;
import dejima.gateway.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One attempt on the wire: the client's bytes go to one site, the site's bytes come back.
///
/// After [#cancel] or a call of [Receiver#broke] nothing is reported any more.
final class SiteCall {
  private final Receiver receiver;
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private boolean over;
  private boolean paused;

  /// Hears what the site answers, on the event loop.
  interface Receiver {
    /// Status and headers have come.
    void head(HttpClientResponse head);

    /// Bytes of the answer have come.
    void chunk(Buffer chunk);

    /// The answer has ended as HTTP says it must; its trailers can be read.
    void ended(HttpClientResponse whole);

    /// The site cannot be reached or broke off.
    ///
    /// @param answered whether the status had come
    void broke(boolean answered, Throwable cause);
  }

  SiteCall(Receiver receiver) {
    this.receiver = receiver;
  }

  /// Sends the request.
  void start(
      HttpClientAgent client,
      SiteConnection site,
      InferencePlan plan,
      Attempt attempt,
      Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(site.address())
            .setHost(site.config().host())
            .setPort(site.config().port())
            .setURI(Route.Operations.pathOf(plan.record().facts().kind()))
            .setFollowRedirects(false)
            .putHeader("Content-Type", "application/json")
            .putHeader("Dejima-Receipt", plan.record().id())
            .putHeader("Dejima-Attempt", Integer.toString(attempt.number()))
            .putHeader("Dejima-Salt", Base64.getEncoder().encodeToString(plan.record().salt()));
    plan.overriddenModel().ifPresent(model -> options.putHeader("Dejima-Model", model));
    client.request(options).onComplete(ready -> connected(ready.result(), ready.cause(), body));
  }

  private void connected(HttpClientRequest ready, Throwable failure, Buffer body) {
    if (failure != null) {
      broke(failure);
    } else if (over) {
      ready.reset();
    } else {
      request = ready;
      ready
          .send(body)
          .onComplete(head -> {
            if (head.failed()) {
              broke(head.cause());
            } else if (!over) {
              answered(head.result());
            }
          });
    }
  }

  private void answered(HttpClientResponse head) {
    response = head;
    head.exceptionHandler(this::broke);
    head.handler(chunk -> {
      if (!over) {
        receiver.chunk(chunk);
      }
    });
    head.endHandler(_ -> {
      if (!over) {
        over = true;
        receiver.ended(head);
      }
    });
    receiver.head(head);
  }

  private void broke(Throwable cause) {
    if (!over) {
      over = true;
      receiver.broke(response != null, cause);
    }
  }

  /// Stops reading until [#resume].
  void pause() {
    paused = true;
    if (response != null) {
      response.pause();
    }
  }

  /// Whether the site waits to be read, and so is not to blame for silence.
  boolean isPaused() {
    return paused;
  }

  /// Goes on reading.
  void resume() {
    paused = false;
    if (response != null) {
      response.resume();
    }
  }

  /// Ends the call at once; the site sees its connection close.
  void cancel() {
    if (!over) {
      over = true;
      if (request != null) {
        request.reset();
      }
    }
  }
}
