package dejima.server.http;

import dejima.evidence.Commitment;
import dejima.gateway.Dialect;
import dejima.gateway.InferencePlan;
import dejima.gateway.Problem;
import dejima.gateway.UsageMeter;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The client's end of an answer: the site's bytes pass to it unchanged and without delay, while a
/// commitment and the token counts are taken from them on the way.
final class AnswerStream {
  /// What a client may see of a site's headers; everything else stays behind.
  private static final Set<String> PASSED =
      Set.of("content-type", "content-length", "cache-control", "content-language");

  private static final Buffer NOTHING = Buffer.buffer(0);

  private final HttpServerResponse response;
  private final Context loop;
  private final InferencePlan plan;
  private final Commitment commitment;
  private final UsageMeter usage = new UsageMeter();
  private String committed = "";
  private Buffer turn = NOTHING;
  private boolean copied;
  private boolean begun;
  private boolean events;
  private int status;

  AnswerStream(HttpServerResponse response, InferencePlan plan, Context loop) {
    this.response = response;
    this.loop = loop;
    this.plan = plan;
    this.commitment = plan.record().responseCommitment();
  }

  /// Whether bytes have gone to the client, after which no other site may be tried.
  boolean begun() {
    return begun;
  }

  /// HTTP status that the client got, 0 while it got none.
  int status() {
    return status;
  }

  /// Sets status and headers; they leave with the first bytes.
  void begin(HttpClientResponse head, Map<String, String> own) {
    begun = true;
    status = head.statusCode();
    response.setStatusCode(status);
    MultiMap headers = response.headers();
    head.headers()
        .forEach((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (PASSED.contains(lower) || lower.startsWith("openai-")) {
            headers.add(lower, value);
          }
        });
    own.forEach(headers::add);
    String type = headers.get("content-type");
    events = type != null && type.startsWith("text/event-stream");
    if (!headers.contains("content-length")) {
      response.setChunked(true);
    }
  }

  /// Passes bytes on; `source` rests while the client reads too slowly.
  ///
  /// What the event loop finds in one turn leaves in one write at the end of that turn: nothing
  /// waits for bytes that are still to come.
  void pass(Buffer chunk, SiteCall source) {
    byte[] bytes = chunk.getBytes();
    commitment.add(bytes, 0, bytes.length);
    usage.accept(bytes);
    if (turn.length() == 0) {
      turn = chunk;
      copied = false;
      loop.runOnContext(_ -> flush(source));
    } else if (copied) {
      turn.appendBuffer(chunk);
    } else {
      turn =
          Buffer.buffer(turn.length() * 4 + chunk.length()).appendBuffer(turn).appendBuffer(chunk);
      copied = true;
    }
  }

  private void flush(SiteCall source) {
    if (turn.length() == 0) {
      return;
    }
    response.write(take());
    if (response.writeQueueFull()) {
      source.pause();
      response.drainHandler(_ -> source.resume());
    }
  }

  private Buffer take() {
    Buffer taken = turn;
    turn = NOTHING;
    return taken;
  }

  /// Whether the answer is a stream that lacks its end mark.
  boolean endsEarly() {
    return events && status == 200 && plan.outline().stream() && !usage.sawDone();
  }

  /// Ends the answer as a whole one.
  void end() {
    if (turn.length() == 0) {
      response.end();
    } else {
      response.end(take());
    }
  }

  /// Ends the answer so that no client can take it for a whole one: an error event where the
  /// dialect has one, and a connection that breaks.
  void breakOff(Dialect dialect, Problem problem) {
    if (events) {
      byte[] event = dialect.errorEvent(problem);
      commitment.add(event, 0, event.length);
      Buffer last = Buffer.buffer().appendBuffer(take()).appendBytes(event);
      response.write(last).onComplete(_ -> response.reset());
    } else {
      response.reset();
    }
  }

  /// Answers with an error of the gateway's own.
  void fail(Dialect dialect, Problem problem, Map<String, String> own) {
    begun = true;
    status = problem.status();
    byte[] body = dialect.error(problem);
    commitment.add(body, 0, body.length);
    own.forEach(response::putHeader);
    Answers.problem(response, dialect, problem);
  }

  /// The commitment to all bytes that went out; none may follow.
  String commitment() {
    if (committed.isEmpty()) {
      committed = commitment.text();
    }
    return committed;
  }

  /// The token counts so far.
  UsageMeter.Usage usage() {
    return usage.usage();
  }
}
