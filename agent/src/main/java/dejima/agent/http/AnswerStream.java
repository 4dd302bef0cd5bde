package dejima.agent.http;

import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.ErrorAnswer;
import dejima.evidence.Commitment;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Carries one answer from the engine's threads to the gateway and seals it with trailers.
///
/// An answer that cannot be completed never ends cleanly: before its first byte it becomes a 502,
/// afterwards the connection is reset.
final class AnswerStream implements AnswerSink {
  /// How an answer ended, for the log.
  enum Finish {
    COMPLETE("complete"),
    CANCELLED("cancelled"),
    BROKEN("broken");

    private final String word;

    Finish(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private static final int RETRY_AFTER_SECONDS = 1;

  private final Context loop;
  private final HttpServerResponse response;
  private final Commitment commitment;
  private final BiFunction<Integer, String, SiteVoice.Trailers> seal;
  private final Consumer<Finish> finished;
  private final Window window;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile EngineCall call = () -> {};

  // Only the thread that answers touches these, one call after the other.
  private int status;
  private String contentType = "";
  private OptionalInt retryAfter = OptionalInt.empty();
  private boolean begun;

  /// @param seal makes the trailers from the status and the commitment to the body
  /// @param finished called once, on the event loop
  AnswerStream(
      HttpServerResponse response,
      Context loop,
      Commitment commitment,
      Duration stall,
      BiFunction<Integer, String, SiteVoice.Trailers> seal,
      Consumer<Finish> finished) {
    this.response = response;
    this.loop = loop;
    this.commitment = commitment;
    this.seal = seal;
    this.finished = finished;
    this.window = new Window(stall);
    response.closeHandler(gone -> finish(Finish.CANCELLED));
  }

  /// Ties the engine's work to the gateway's connection: when that goes, the work stops.
  void drivenBy(EngineCall call) {
    this.call = call;
    if (over.get()) {
      call.cancel();
    }
  }

  /// Answers with an error object instead of an engine's answer.
  void refuse(ErrorAnswer error) {
    head(error.status(), "application/json");
    body(error.body());
    end();
  }

  @Override
  public void retryAfter(int seconds) {
    retryAfter = OptionalInt.of(seconds);
  }

  @Override
  public void head(int status, String contentType) {
    this.status = status;
    this.contentType = contentType;
  }

  @Override
  public void body(byte[] bytes) {
    if (over.get() || bytes.length == 0) {
      return;
    }
    if (!window.take(bytes.length)) {
      onLoop(() -> abandon(Finish.CANCELLED));
      return;
    }
    commitment.add(bytes, 0, bytes.length);
    begin();
    onLoop(
        () -> response.write(Buffer.buffer(bytes)).onComplete(left -> window.give(bytes.length)));
  }

  @Override
  public void end() {
    begin();
    SiteVoice.Trailers trailers = seal.apply(status, commitment.text());
    onLoop(() -> {
      response.putTrailer(SiteVoice.STATEMENT, trailers.statement());
      response.putTrailer(SiteVoice.SIGNATURE, trailers.signature());
      response.end();
      finish(Finish.COMPLETE);
    });
  }

  @Override
  public void broken(String reason) {
    if (over.get()) {
      return;
    }
    if (begun) {
      onLoop(() -> abandon(Finish.BROKEN));
    } else {
      refuse(ErrorAnswer.unavailable(502, "engine_broken", "The site's engine failed: " + reason));
    }
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    onLoop(() -> {
      response.setStatusCode(status).setChunked(true);
      response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
      response.putHeader("Trailer", SiteVoice.STATEMENT + ", " + SiteVoice.SIGNATURE);
      if (retryAfter.isPresent() || status == 429 || status == 503) {
        response.putHeader("Retry-After", String.valueOf(retryAfter.orElse(RETRY_AFTER_SECONDS)));
      }
    });
  }

  private void onLoop(Runnable step) {
    loop.runOnContext(now -> {
      if (!over.get()) {
        step.run();
      }
    });
  }

  private void abandon(Finish how) {
    finish(how);
    response.reset();
  }

  private void finish(Finish how) {
    if (over.compareAndSet(false, true)) {
      window.close();
      if (how != Finish.COMPLETE) {
        call.cancel();
      }
      finished.accept(how);
    }
  }
}
