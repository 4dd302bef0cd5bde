package dejima.agent.http;

import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.ErrorAnswer;
import dejima.agent.http.SiteVoice.Trailers;
import dejima.attestation.AnswerSealer;
import dejima.evidence.Commitment;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One inference request from its first byte to the end of its answer; runs on the event loop.
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int LONG_BODY = 256 * 1024;

  private final InferenceRoute route;
  private final HttpServerRequest request;
  private final GatewayHeaders.Read headers;
  private final Context loop;
  private final Commitment commitment;
  private final Buffer body = Buffer.buffer();
  private final boolean placed;
  private final long deadline;
  private final long began = System.nanoTime();
  private long received;
  private boolean settled;
  private String requestCommitment = "";
  private String model = "";
  private volatile int status;

  Exchange(InferenceRoute route, HttpServerRequest request, GatewayHeaders.Read headers) {
    this.route = route;
    this.request = request;
    this.headers = headers;
    this.loop = route.vertx().getOrCreateContext();
    this.commitment = Commitment.under(headers.salt());
    this.placed = route.places().take();
    this.deadline = route.vertx().setTimer(route.limits().receive().toMillis(), late -> tooSlow());
  }

  /// Takes the body in; the rest follows by itself.
  void receive() {
    request.handler(this::take);
    request.endHandler(complete -> answer());
    request.exceptionHandler(gone -> settle());
  }

  private void take(Buffer bytes) {
    received += bytes.length();
    if (settled) {
      return;
    }
    if (received > route.limits().bodyBytes()) {
      settle();
      Plain.refuse(request, route.tooLong());
      return;
    }
    commitment.add(bytes.getBytes(), 0, bytes.length());
    if (placed) {
      body.appendBuffer(bytes);
    }
  }

  private void tooSlow() {
    settle();
    Plain.refuse(
        request,
        ErrorAnswer.invalid(
            408,
            "request_too_slow",
            "The request did not arrive completely in time; send it again."));
  }

  /// Gives up before the engine was asked.
  private void settle() {
    route.vertx().cancelTimer(deadline);
    if (!settled) {
      settled = true;
      leave();
    }
  }

  private void answer() {
    route.vertx().cancelTimer(deadline);
    if (settled) {
      return;
    }
    settled = true;
    requestCommitment = commitment.text();
    AnswerStream stream =
        new AnswerStream(
            request.response(),
            loop,
            Commitment.under(headers.salt()),
            route.limits().stall(),
            this::seal,
            this::finished);
    if (!placed) {
      stream.refuse(busy());
    } else if (received > LONG_BODY) {
      Thread.startVirtualThread(() -> ask(stream, body.getBytes()));
    } else {
      ask(stream, body.getBytes());
    }
  }

  private void ask(AnswerStream stream, byte[] sent) {
    byte[] bytes = headers.model().map(named -> ModelOverride.apply(sent, named)).orElse(sent);
    switch (RequestedModel.of(bytes)) {
      case RequestedModel.Unreadable unreadable ->
          stream.refuse(
              ErrorAnswer.invalid(
                  400,
                  "unreadable_request",
                  "The request cannot be read: " + unreadable.reason() + "."));
      case RequestedModel.Named named when route.engine().report().state() != EngineState.READY -> {
        model = named.id();
        stream.refuse(notReady());
      }
      case RequestedModel.Named named when named.sealed() -> {
        model = named.id();
        Thread.startVirtualThread(() -> unseal(stream, sent));
      }
      case RequestedModel.Named named -> {
        model = named.id();
        stream.drivenBy(route.engine().start(new EngineRequest(request.path(), bytes), stream));
      }
    }
  }

  /// The path that names another model would make the engine answer for a model that nobody sealed
  /// anything for.
  private void unseal(AnswerStream stream, byte[] sent) {
    if (headers.model().isPresent()) {
      stream.refuse(Unsealing.otherModel());
      return;
    }
    switch (route.unsealing().open(sent)) {
      case Unsealing.Outcome.Refused(ErrorAnswer error) -> stream.refuse(error);
      case Unsealing.Outcome.Unusable(ErrorAnswer error, AnswerSealer sealer) ->
          new SealedStream(stream, sealer).refuse(error);
      case Unsealing.Outcome.Opened opened ->
          stream.drivenBy(
              route
                  .engine()
                  .start(
                      new EngineRequest(request.path(), opened.body()),
                      new SealedStream(stream, opened.sealer())));
    }
  }

  private ErrorAnswer busy() {
    return new ErrorAnswer(
        429,
        "rate_limit_error",
        "site_busy",
        "This site works on its %d answers at once already; try again in a moment or at another site."
            .formatted(route.places().most()));
  }

  private static ErrorAnswer notReady() {
    return ErrorAnswer.unavailable(
        503,
        "engine_not_ready",
        "The site's engine is starting or down; try again in a moment or at another site.");
  }

  private Trailers seal(int status, String responseCommitment) {
    this.status = status;
    return route.voice().state(headers, requestCommitment, responseCommitment, model, status);
  }

  private void finished(AnswerStream.Finish how) {
    leave();
    LOG.atInfo()
        .addKeyValue("receipt", headers.receipt())
        .addKeyValue("attempt", headers.attempt())
        .addKeyValue("path", request.path())
        .addKeyValue("status", status)
        .addKeyValue("finish", how.word())
        .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
        .log("answered");
  }

  private void leave() {
    if (placed) {
      route.places().give();
    }
  }
}
