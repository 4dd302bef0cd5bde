package dejima.server.http;

import dejima.evidence.SiteStatement;
import dejima.server.attestation.AttestationDesk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Asks a site's agent for attestation and hands what it answers to those who judge it.
final class AttestationProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration JUDGED_FOR = Duration.ofMinutes(1);
  private static final int LONGEST = 1 << 20;

  private final SiteConnection site;
  private final SiteQuestion question;
  private final AttestationDesk desk;
  private final Executor background;
  private boolean attested;
  private long judgedAt;

  AttestationProbe(
      SiteConnection site,
      Function<String, HttpClientAgent> clients,
      AttestationDesk desk,
      Executor background) {
    this.site = site;
    this.question = new SiteQuestion(site, clients, "attestation", LONGEST, TIMEOUT);
    this.desk = desk;
    this.background = background;
  }

  /// Asks once, unless the last question is still open or what it brought is younger than a minute:
  /// a site that is not attested is asked each time, so that its quotes count soon after they are
  /// made.
  void ask() {
    if (attested && System.nanoTime() - judgedAt < JUDGED_FOR.toNanos()) {
      return;
    }
    question
        .ask(
            site.state().pin(),
            "/dejima/v1/attestation?nonce=" + desk.nonce(site.state().id()),
            this::hear)
        .onFailure(failed -> {
          attested = false;
          desk.unheard(site.state(), String.valueOf(failed.getMessage()));
        });
  }

  private Future<Void> hear(SiteQuestion.Answer answer) {
    return answer
        .shown()
        .map(key -> judged(answer, key))
        .orElseGet(() -> Future.failedFuture("it shows no key"));
  }

  private Future<Void> judged(SiteQuestion.Answer answer, PublicKey shown) {
    if (!site.state().pin().equals(SiteStatement.pin(shown))) {
      return Future.failedFuture("it has changed its key meanwhile");
    }
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(
                () -> desk.hear(site.state(), answer.body().getBytes(), shown), background),
            Vertx.currentContext())
        .onSuccess(holds -> {
          attested = holds;
          judgedAt = System.nanoTime();
        })
        .mapEmpty();
  }
}
