package dejima.agent.remote;

import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.EngineRequest;
import dejima.agent.ErrorAnswer;
import dejima.agent.config.EngineSettings.Patience;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One request to the engine.
///
/// The event loop puts what arrives into a queue; a virtual thread carries it to the sink, which
/// may block, and asks for more only afterwards.
final class RemoteCall implements EngineCall {
  private static final int READ_AHEAD = 8;
  private static final int REDIRECTS_FROM = 300;
  private static final int ERRORS_FROM = 400;
  private static final int LONGEST_RETRY = 3_600;

  private final AnswerSink sink;
  private final Patience patience;
  private final Runnable finished;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile Runnable hangUp = () -> {};
  private volatile Runnable more = () -> {};

  // Only the carrying thread touches this.
  private boolean headPassed;

  private RemoteCall(AnswerSink sink, Patience patience, Runnable finished) {
    this.sink = sink;
    this.patience = patience;
    this.finished = finished;
  }

  /// Sends the request and begins to carry its answer.
  static RemoteCall start(
      HttpClient client,
      Upstream upstream,
      EngineRequest request,
      AnswerSink sink,
      Runnable finished) {
    RemoteCall call = new RemoteCall(sink, upstream.patience(), finished);
    Thread.ofVirtual().name("engine-call").start(call::carry);
    client
        .request(
            upstream
                .request(HttpMethod.POST, request.path())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json"))
        .onSuccess(connected -> call.send(connected, Buffer.buffer(request.body())))
        .onFailure(failure -> call.arrives(new Arrival.Broken("it cannot be reached")));
    return call;
  }

  @Override
  public void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      arrives(new Arrival.Broken("cancelled"));
      hangUp.run();
    }
  }

  private void send(HttpClientRequest request, Buffer body) {
    hangUp = request::reset;
    if (cancelled.get()) {
      request.reset();
      return;
    }
    request.response().onSuccess(this::receive).onFailure(failure -> broke());
    request.send(body);
  }

  private void receive(HttpClientResponse response) {
    int status = response.statusCode();
    if (status >= REDIRECTS_FROM && status < ERRORS_FROM) {
      arrives(new Arrival.Instead(redirected(status)));
      response.request().reset();
      return;
    }
    if (status == 401 || status == 403) {
      arrives(new Arrival.Instead(unauthorized()));
      response.request().reset();
      return;
    }
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    arrives(
        new Arrival.Head(
            status,
            type == null ? "application/json" : type,
            retryAfter(response.getHeader(HttpHeaders.RETRY_AFTER))));
    response.pause();
    Ending ending = new Ending(response);
    response.exceptionHandler(failure -> broke());
    response.handler(bytes -> {
      ending.sees(bytes);
      arrives(new Arrival.Bytes(bytes.getBytes()));
    });
    response.endHandler(over -> arrives(ending.arrival()));
    more = () -> response.fetch(1);
    response.fetch(READ_AHEAD);
  }

  /// The header in its form of seconds (RFC 9110 §10.2.3); a date would depend on two clocks.
  private static OptionalInt retryAfter(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,9}")
        ? OptionalInt.of(Math.clamp(Long.parseLong(header), 0, LONGEST_RETRY))
        : OptionalInt.empty();
  }

  private void broke() {
    arrives(new Arrival.Broken("the connection to it broke"));
  }

  private void arrives(Arrival arrival) {
    arrivals.add(arrival);
  }

  /// Carries what arrives to the sink until the answer is over, one way or another.
  private void carry() {
    long began = System.nanoTime();
    try {
      boolean moreComes = true;
      while (moreComes) {
        moreComes = pass(next(began));
      }
    } finally {
      cancelled.set(true); // from here on there is nothing left to cancel
      finished.run();
    }
  }

  /// Passes an arrival on; whether the answer goes on after it.
  private boolean pass(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Head head -> {
        headPassed = true;
        head.retryAfter().ifPresent(sink::retryAfter);
        sink.head(head.status(), head.contentType());
        yield true;
      }
      case Arrival.Bytes chunk -> {
        sink.body(chunk.bytes());
        more.run();
        yield true;
      }
      case Arrival.End end -> {
        sink.end();
        yield false;
      }
      case Arrival.Instead instead -> {
        sink.head(instead.error().status(), "application/json");
        sink.body(instead.error().body());
        sink.end();
        yield false;
      }
      case Arrival.Broken broken -> {
        sink.broken(broken.reason());
        yield false;
      }
    };
  }

  /// Waits for the next arrival, no longer than patience allows.
  private Arrival next(long began) {
    long left = patience.total().toNanos() - (System.nanoTime() - began);
    try {
      Arrival arrival =
          arrivals.poll(Math.min(left, patience.idle().toNanos()), TimeUnit.NANOSECONDS);
      return arrival == null ? late() : arrival;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Arrival.Broken("the agent is stopping");
    }
  }

  private Arrival late() {
    hangUp.run();
    return headPassed
        ? new Arrival.Broken("it stopped in mid-answer and took too long")
        : new Arrival.Instead(
            ErrorAnswer.unavailable(
                504,
                "engine_timeout",
                "The site's engine did not answer in time; try again later."));
  }

  private static ErrorAnswer redirected(int status) {
    return ErrorAnswer.unavailable(
        502,
        "engine_redirects",
        "The site's engine answered with a redirect (%d) to another address. The agent follows none, so nothing was sent there; the operator must correct engine.url."
            .formatted(status));
  }

  private static ErrorAnswer unauthorized() {
    return ErrorAnswer.unavailable(
        502,
        "engine_refuses_the_site",
        "The site's engine does not accept the agent's API key; the operator must correct engine.keyFile.");
  }
}
