package dejima.server.http;

import dejima.agent.PinnedKey;
import dejima.evidence.Promise;
import dejima.evidence.SignedPromise;
import dejima.gateway.Attempt;
import dejima.gateway.Problem;
import dejima.gateway.SiteSignature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// One attempt at one site, whose intent is durable: it sends the request and judges what comes
/// back. A site that fails before the client got a byte gives way to the next one.
final class SiteAttempt implements SiteCall.Receiver {
  private final Relay relay;
  private final Attempt attempt;
  private final SiteConnection site;
  private final SiteCall call = new SiteCall(this);
  private final CompletableFuture<SignedPromise> promise;
  private final long startedAt = System.nanoTime();
  private long lastByteAt = startedAt;
  private Optional<HttpClientResponse> head = Optional.empty();

  SiteAttempt(Relay relay, Attempt attempt, Promise promise) {
    this.relay = relay;
    this.attempt = attempt;
    this.site = relay.shared().connection(attempt.site());
    this.promise = promise.signed().toCompletableFuture();
    attempt.recorded(promise.bodyHash());
  }

  Attempt attempt() {
    return attempt;
  }

  void start() {
    Relay.Job job = relay.job();
    call.start(
        relay.loop().clients().of(site, attempt.pin()), site, job.plan(), attempt, job.body());
  }

  /// The request ended for a reason of its own; the site stops working on it at once.
  void abandon(String reason) {
    call.cancel();
    attempt.abandoned(reason);
  }

  @Override
  public void head(HttpClientResponse answered) {
    int status = answered.statusCode();
    if (status >= 300 && status < 400) {
      fail(
          "redirect",
          Problem.badSite("The site answered with a redirect, which is never followed."));
    } else if (status == 429 || status == 503) {
      rest(answered);
    } else if (status >= 500 || status == 401 || status == 403 || status < 200) {
      fail("status-" + status, Problem.badSite("The site failed with status " + status + "."));
    } else {
      accept(answered);
    }
  }

  private void accept(HttpClientResponse answered) {
    head = Optional.of(answered);
    if (!promise.isDone()) {
      call.pause();
      CompletableFuture<?> _ =
          promise.whenComplete((_, _) -> relay.loop().context().runOnContext(_ -> call.resume()));
    }
  }

  private void rest(HttpClientResponse answered) {
    int status = answered.statusCode();
    int seconds = RetryAfter.seconds(answered.getHeader("Retry-After")).orElse(1);
    call.cancel();
    attempt.restUntil("status-" + status, seconds * 1_000_000_000L, System.nanoTime());
    relay.failedOver(
        status == 429
            ? Problem.limited(
                "site_overloaded",
                "Every permitted site is at its limit. Try again in " + seconds + " s.",
                seconds)
            : Problem.unavailable(
                "site_unavailable",
                "Every permitted site is unavailable for now. Try again in " + seconds + " s.",
                seconds));
  }

  @Override
  public void chunk(Buffer bytes) {
    lastByteAt = System.nanoTime();
    begin();
    relay.answer().pass(bytes, call);
  }

  private void begin() {
    if (!relay.answer().begun() && head.isPresent()) {
      attempt.firstByte(lastByteAt);
      relay.firstByte(lastByteAt);
      relay
          .answer()
          .begin(
              head.get(), Headers.own(relay.job().plan(), Optional.of(attempt.site()), signed()));
    }
  }

  private Optional<SignedPromise> signed() {
    return promise.isDone() && !promise.isCompletedExceptionally()
        ? Optional.of(promise.join())
        : Optional.empty();
  }

  @Override
  public void ended(HttpClientResponse whole) {
    lastByteAt = System.nanoTime();
    if (head.isEmpty()) {
      return;
    }
    begin();
    if (relay.answer().endsEarly()) {
      attempt.failed("broke-off", lastByteAt);
      relay.truncate(brokeOff());
      return;
    }
    attempt.succeeded();
    relay.giveBack();
    relay.answer().end();
    judge(whole);
  }

  /// Checks the site's signature away from the event loop: it costs more than the whole relay.
  private void judge(HttpClientResponse whole) {
    if (!whole.trailers().contains("Dejima-Site-Statement")) {
      relay.complete(new SiteSignature.None());
      return;
    }
    Optional<PublicKey> shown = shownKey(whole);
    SiteSignatures.Seen seen = relay.seen(attempt.number());
    relay
        .shared()
        .background()
        .execute(() -> {
          SiteSignature judged =
              SiteSignatures.judge(whole.trailers(), shown, new PinnedKey(attempt.pin()), seen);
          relay.loop().context().runOnContext(_ -> relay.complete(judged));
        });
  }

  private static Optional<PublicKey> shownKey(HttpClientResponse answer) {
    SSLSession session = answer.request().connection().sslSession();
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Optional.of(chain[0].getPublicKey());
    } catch (SSLPeerUnverifiedException unverified) {
      return Optional.empty();
    }
  }

  @Override
  public void broke(boolean answered, Throwable cause) {
    long now = System.nanoTime();
    if (relay.answer().begun()) {
      attempt.failed("broke-off", now);
      relay.truncate(brokeOff());
    } else {
      attempt.failed(answered ? "broke-off" : "unreachable", now);
      if (cause instanceof HttpClosedException && attempt.number() == 1) {
        relay.job().plan().again(attempt.site());
      }
      relay.failedOver(
          Problem.badSite(
              "The site "
                  + attempt.site().facts().id()
                  + " cannot be reached or broke off before it answered, and no other permitted"
                  + " site was left. Try again."));
    }
  }

  private Problem brokeOff() {
    return Problem.badSite(
        "The site "
            + attempt.site().facts().id()
            + " broke off in the middle of its answer. What came so far is incomplete.");
  }

  private void fail(String reason, Problem problem) {
    call.cancel();
    attempt.failed(reason, System.nanoTime());
    relay.failedOver(problem);
  }

  /// Ends the attempt if the site took too long.
  void checkDeadline(long nanoTime, boolean requestTooLong) {
    boolean silent =
        nanoTime - lastByteAt
            > (head.isPresent() && relay.answer().begun()
                    ? relay.shared().timeouts().idle()
                    : relay.shared().timeouts().firstByte())
                .toNanos();
    if (!silent && !requestTooLong) {
      return;
    }
    if (!requestTooLong && relay.answer().begun() && call.isPaused()) {
      abandon("client-stalled");
      relay.stalled();
      return;
    }
    call.cancel();
    attempt.failed("timeout", nanoTime);
    Problem problem =
        Problem.timedOut(
            "The site "
                + attempt.site().facts().id()
                + " did not answer in time. Try again, or ask for a shorter answer.");
    if (relay.answer().begun()) {
      relay.truncate(problem);
    } else if (requestTooLong) {
      relay.giveUp(problem);
    } else {
      relay.failedOver(problem);
    }
  }
}
