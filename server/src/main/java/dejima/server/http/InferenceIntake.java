package dejima.server.http;

import dejima.evidence.AppendFailure;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import dejima.gateway.Allowance;
import dejima.gateway.Credential;
import dejima.gateway.Gateway;
import dejima.gateway.InferencePlan;
import dejima.gateway.Planning;
import dejima.gateway.Problem;
import dejima.gateway.Refusal;
import dejima.gateway.Route;
import dejima.residency.LegalGrounds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The first half of an inference request's way: its body is read, classified and decided. What
/// comes out is an error, a recorded refusal, or a [Relay].
final class InferenceIntake implements Deadlines.Watched {
  private static final int BYTES_PER_TOKEN = 3;

  /// JSON, which is UTF-8 whatever a parameter may say (RFC 8259 §8.1 and §11).
  private static final Pattern JSON =
      Pattern.compile(
          "\\s*application/json\\s*(;\\s*(charset\\s*=\\s*\"?utf-8\"?|(?!charset)[^;=\\s]+=[^;]*)\\s*)*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  private final Exchanges shared;
  private final LoopResources loop;
  private final HttpServerRequest request;
  private final Route.Inference route;
  private final Credential credential;
  private final long arrivedAt;
  private boolean over;

  InferenceIntake(
      Exchanges shared,
      LoopResources loop,
      HttpServerRequest request,
      Route.Inference route,
      Credential credential,
      long arrivedAt) {
    this.shared = shared;
    this.loop = loop;
    this.request = request;
    this.route = route;
    this.credential = credential;
    this.arrivedAt = arrivedAt;
  }

  /// Reads the body and goes on from there.
  void start() {
    if (!isJson()) {
      reject(Problem.unsupportedMediaType());
      return;
    }
    loop.deadlines().add(this);
    request.exceptionHandler(_ -> leave());
    request.response().closeHandler(_ -> leave());
    BodyCollector.collect(
        request,
        shared.maxBodyBytes(),
        this::plan,
        () -> reject(Problem.tooLarge(shared.maxBodyBytes())));
  }

  private boolean isJson() {
    String type = request.getHeader("Content-Type");
    return (type == null || JSON.matcher(type).matches())
        && request.getHeader("Content-Encoding") == null;
  }

  private void plan(Buffer body) {
    if (over) {
      return;
    }
    leave();
    switch (ClaimedGrounds.in(request.headers())) {
      case ClaimedGrounds.Malformed(Problem problem) -> reject(problem);
      case ClaimedGrounds.Claimed(LegalGrounds grounds) -> plan(body, grounds);
    }
  }

  private void plan(Buffer body, LegalGrounds grounds) {
    Gateway.Request asked =
        new Gateway.Request(credential, route, label(), grounds, body.getBytes());
    switch (shared.gateway().plan(asked)) {
      case Planning.Unreadable(Problem problem) -> reject(problem);
      case Planning.Refused(Refusal refusal) -> admitRefusal(refusal);
      case Planning.Planned(InferencePlan plan) -> admit(plan, body);
    }
  }

  /// The label; several headers are one list (RFC 9110 §5.3), of which every member counts.
  private Optional<String> label() {
    List<String> labels = request.headers().getAll("Dejima-Data-Class");
    return labels.isEmpty() ? Optional.empty() : Optional.of(utf8(String.join(",", labels)));
  }

  /// A header's bytes come as Latin-1; people write 機密性2 in UTF-8.
  private static String utf8(String header) {
    return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private void admit(InferencePlan plan, Buffer body) {
    Allowance allowance = shared.keys().allowance(credential, arrivedAt);
    long estimate = body.length() / BYTES_PER_TOKEN + plan.outline().maxOutputTokens();
    switch (allowance.start(estimate, System.nanoTime())) {
      case Allowance.Grant.Exceeded exceeded -> reject(limited(exceeded));
      case Allowance.Grant.Granted(long reserved) ->
          new Relay(
                  shared,
                  loop,
                  new Relay.Job(
                      request, route.dialect(), plan, body, allowance, reserved, arrivedAt))
              .start();
    }
  }

  /// A refusal counts as a request, so that nobody can fill the log with refusals.
  private void admitRefusal(Refusal refusal) {
    Allowance allowance = shared.keys().allowance(credential, arrivedAt);
    switch (allowance.start(0, System.nanoTime())) {
      case Allowance.Grant.Exceeded exceeded -> reject(limited(exceeded));
      case Allowance.Grant.Granted(long reserved) -> {
        allowance.settle(reserved, 0);
        refuse(refusal);
      }
    }
  }

  private static Problem limited(Allowance.Grant.Exceeded exceeded) {
    return Problem.limited(
        "rate_limit_exceeded",
        "This key's limit of "
            + exceeded.limit()
            + " is used up. Nothing was sent. Try again in "
            + exceeded.retryAfterSeconds()
            + " s, or have the limit raised.",
        exceeded.retryAfterSeconds());
  }

  /// Records a refusal, then answers it.
  private void refuse(Refusal refusal) {
    shared
        .log()
        .append(
            refusal.entry(),
            new EvidenceLog.Receiver() {
              @Override
              public void durable(Promise promise) {
                loop.context().runOnContext(_ -> answer(refusal));
              }

              @Override
              public void failed(AppendFailure failure) {
                loop.context().runOnContext(_ -> reject(EvidenceProblem.of(failure)));
              }
            });
  }

  private void answer(Refusal refusal) {
    shared.observer().refused(refusal);
    request
        .response()
        .putHeader("Dejima-Receipt", refusal.record().id())
        .putHeader("Dejima-Data-Class", refusal.record().dataClass().effective().label());
    Answers.problem(request.response(), route.dialect(), refusal.problem());
  }

  private void reject(Problem problem) {
    leave();
    shared.observer().rejected(problem);
    Answers.problem(request.response(), route.dialect(), problem);
  }

  private void leave() {
    over = true;
    loop.deadlines().remove(this);
  }

  @Override
  public void checkDeadline(long nanoTime) {
    if (nanoTime - arrivedAt > shared.timeouts().idle().toNanos()) {
      reject(
          new Problem(
              408,
              "invalid_request_error",
              "request_timeout",
              "The body did not arrive within "
                  + shared.timeouts().idle().toSeconds()
                  + " s. Send it faster.",
              Optional.empty(),
              OptionalInt.empty()));
    }
  }
}
