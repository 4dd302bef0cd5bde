package dejima.server.http;

import dejima.evidence.AppendFailure;
import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import dejima.gateway.Allowance;
import dejima.gateway.Attempt;
import dejima.gateway.Dialect;
import dejima.gateway.FinishReason;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.gateway.Problem;
import dejima.gateway.Refusal;
import dejima.gateway.SiteSignature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second half of an inference request's way: every attempt's intent is made durable before a
/// byte leaves, permitted sites are tried one after the other until one answers, and the outcome is
/// recorded. All of it runs on one event loop.
final class Relay implements Deadlines.Watched {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Exchanges shared;
  private final LoopResources loop;
  private final Job job;
  private final AnswerStream answer;
  private Optional<SiteAttempt> current = Optional.empty();
  private Optional<Problem> lastProblem = Optional.empty();
  private double firstByteMs = -1;
  private boolean recording;
  private boolean clientGone;
  private boolean settled;
  private boolean over;

  /// A permitted request.
  ///
  /// @param request the client's request
  /// @param dialect the client's protocol
  /// @param plan where it may go
  /// @param body the client's bytes
  /// @param allowance the key's allowance, from which the request was granted
  /// @param reserved tokens set aside for it
  /// @param arrivedAt when its headers came, on the monotonic clock
  record Job(
      HttpServerRequest request,
      Dialect dialect,
      InferencePlan plan,
      Buffer body,
      Allowance allowance,
      long reserved,
      long arrivedAt) {}

  Relay(Exchanges shared, LoopResources loop, Job job) {
    this.shared = shared;
    this.loop = loop;
    this.job = job;
    this.answer = new AnswerStream(job.request().response(), job.plan(), loop.context());
  }

  /// Starts the first attempt.
  void start() {
    loop.deadlines().add(this);
    job.request().response().closeHandler(_ -> clientLeft());
    job.request().response().exceptionHandler(_ -> clientLeft());
    tryNext();
  }

  Exchanges shared() {
    return shared;
  }

  LoopResources loop() {
    return loop;
  }

  Job job() {
    return job;
  }

  AnswerStream answer() {
    return answer;
  }

  private void tryNext() {
    Optional<Attempt> next = job.plan().next(System.nanoTime());
    if (next.isPresent()) {
      recordIntent(next.get());
    } else if (job.plan().attempts().isEmpty()) {
      refuse(job.plan().unavailable());
    } else {
      giveUp(lastProblem.orElseGet(() -> job.plan().unavailable().problem()));
    }
  }

  private void recordIntent(Attempt attempt) {
    recording = true;
    shared
        .log()
        .append(
            attempt.intent(),
            new EvidenceLog.Receiver() {
              @Override
              public void durable(Promise promise) {
                SiteAttempt ready = new SiteAttempt(Relay.this, attempt, promise);
                loop.context().runOnContext(_ -> send(ready));
              }

              @Override
              public void failed(AppendFailure failure) {
                loop.context().runOnContext(_ -> unrecorded(attempt, failure));
              }
            });
  }

  private void send(SiteAttempt ready) {
    recording = false;
    if (over || clientGone) {
      ready.abandon("cancelled");
      finish(FinishReason.CANCELLED, new SiteSignature.None());
      return;
    }
    if (!job.plan().stillPermits(ready.attempt())) {
      ready.abandon("withdrawn");
      failedOver(withdrawn());
      return;
    }
    current = Optional.of(ready);
    shared.observer().sent(job.plan(), ready.attempt());
    ready.start();
  }

  private static Problem withdrawn() {
    return Problem.unavailable(
        "permission_withdrawn",
        "A site was permitted when the request was decided and is no longer, and no other permitted"
            + " site was left. Nothing was sent there. Try again.",
        1);
  }

  private void unrecorded(Attempt attempt, AppendFailure failure) {
    recording = false;
    attempt.abandoned("unrecorded");
    Problem problem = EvidenceProblem.of(failure);
    if (job.plan().attempts().size() == 1) {
      shared.observer().rejected(problem);
      release(0);
      Answers.problem(job.request().response(), job.dialect(), problem);
    } else {
      giveUp(problem);
    }
  }

  /// The attempt failed before the client got a byte: another permitted site may do.
  void failedOver(Problem problem) {
    current = Optional.empty();
    lastProblem = Optional.of(problem);
    if (!over) {
      tryNext();
    }
  }

  /// The first byte of the answer goes to the client.
  void firstByte(long nanoTime) {
    firstByteMs = (nanoTime - job.arrivedAt()) / 1e6;
  }

  /// The answer is about to end: whoever has read it may ask again at once, and finds the key's
  /// place free.
  void giveBack() {
    settle(answer.usage().input() + answer.usage().output());
  }

  /// Of a sealed answer no tokens can be counted: what was set aside for the request counts.
  private void settle(long used) {
    if (!settled) {
      settled = true;
      boolean unseen = job.plan().outline().sealed().isPresent() && answer.begun();
      job.allowance().settle(job.reserved(), unseen ? job.reserved() : used);
    }
  }

  /// The answer has ended whole.
  void complete(SiteSignature siteSignature) {
    finish(FinishReason.COMPLETE, siteSignature);
  }

  /// The site broke off after the client had got bytes.
  void truncate(Problem problem) {
    answer.breakOff(job.dialect(), problem);
    finish(FinishReason.TRUNCATED, new SiteSignature.None());
  }

  /// The client has read nothing for too long; its connection is closed.
  void stalled() {
    finish(FinishReason.CANCELLED, new SiteSignature.None());
    job.request().connection().close();
  }

  /// What the gateway saw of the answer, for comparison with what the site states.
  SiteSignatures.Seen seen(int attempt) {
    return new SiteSignatures.Seen(
        job.plan().record().id(),
        attempt,
        job.plan().record().requestCommitment(),
        answer.commitment());
  }

  /// Ends the request with an error, before the client got a byte.
  void giveUp(Problem problem) {
    answer.fail(
        job.dialect(), problem, Headers.own(job.plan(), Optional.empty(), Optional.empty()));
    finish(FinishReason.FAILED, new SiteSignature.None());
  }

  private void refuse(Refusal refusal) {
    recording = true;
    record(
        refusal.entry(),
        () -> {
          recording = false;
          shared.observer().refused(refusal);
          release(0);
          Headers.own(job.plan(), Optional.empty(), Optional.empty())
              .forEach(job.request().response()::putHeader);
          Answers.problem(job.request().response(), job.dialect(), refusal.problem());
        });
  }

  private void clientLeft() {
    if (over || clientGone || job.request().response().ended()) {
      return;
    }
    clientGone = true;
    if (!recording) {
      current.ifPresent(running -> running.abandon("cancelled"));
      finish(FinishReason.CANCELLED, new SiteSignature.None());
    }
  }

  private void finish(FinishReason reason, SiteSignature siteSignature) {
    if (over) {
      return;
    }
    long tookMs = (System.nanoTime() - job.arrivedAt()) / 1_000_000;
    Outcome outcome =
        new Outcome(
            reason, answer.status(), answer.commitment(), answer.usage(), tookMs, siteSignature);
    release(outcome.usage().input() + outcome.usage().output());
    recordOutcome(job.plan().outcome(outcome));
    shared.observer().ended(job.plan(), outcome, firstByteMs);
  }

  /// Nobody waits for an outcome: the client has had its answer, and its intent is durable.
  private void recordOutcome(Entry entry) {
    shared
        .log()
        .appendLater(
            entry,
            new EvidenceLog.Receiver() {
              @Override
              public void durable(Promise promise) {}

              @Override
              public void failed(AppendFailure failure) {
                LOG.error(
                    "the outcome of {} is not recorded: {}", entry.id(), failure.getMessage());
              }
            });
  }

  private void release(long used) {
    over = true;
    loop.deadlines().remove(this);
    settle(used);
  }

  private void record(Entry entry, Runnable then) {
    shared
        .log()
        .append(
            entry,
            new EvidenceLog.Receiver() {
              @Override
              public void durable(Promise promise) {
                loop.context().runOnContext(_ -> then.run());
              }

              @Override
              public void failed(AppendFailure failure) {
                LOG.error(
                    "{} of {} is not recorded: {}", entry.kind(), entry.id(), failure.getMessage());
                loop.context().runOnContext(_ -> then.run());
              }
            });
  }

  @Override
  public void checkDeadline(long nanoTime) {
    if (over || recording) {
      return;
    }
    boolean tooLong = nanoTime - job.arrivedAt() > shared.timeouts().total().toNanos();
    current.ifPresent(running -> running.checkDeadline(nanoTime, tooLong));
  }
}
