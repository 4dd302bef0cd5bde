package dejima.acceptance.site;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicLong;

/// What a stub site does with an inference request.
@FunctionalInterface
public interface Script {
  /// Answers, or fails to.
  void play(Visit visit);

  /// A short answer, streamed or not, signed as an agent signs it.
  static Script answers() {
    return visit -> {
      String text = visit.stream() ? Wire.stream("出", "島") : Wire.whole("出島");
      HttpServerResponse response = visit.request().response();
      response
          .setChunked(true)
          .putHeader("Content-Type", visit.stream() ? "text/event-stream" : "application/json");
      response.write(text);
      visit.endSigned(text, 200);
    };
  }

  /// The connection breaks before a byte of the answer.
  static Script diesBeforeAnswering() {
    return visit -> visit.request().connection().close();
  }

  /// As [#diesBeforeAnswering] on a request's first attempt, as [#answers] on later ones.
  static Script diesOnFirstAttempt() {
    return visit -> (visit.attempt() == 1 ? diesBeforeAnswering() : answers()).play(visit);
  }

  /// The connection breaks after two events.
  static Script breaksOff() {
    return visit -> {
      HttpServerResponse response = visit.events();
      response.write(Wire.event("半") + Wire.event("分"));
      visit.site().after(50, () -> visit.request().connection().close());
    };
  }

  /// The answer ends as HTTP wants it, but without the stream's end mark.
  static Script endsWithoutMark() {
    return visit -> visit.events().end(Wire.event("半分"));
  }

  /// An event every ten milliseconds until the other end leaves.
  static Script drips() {
    return visit -> {
      HttpServerResponse response = visit.events();
      visit.site().every(10, () -> response.write(Wire.event("滴")), visit);
    };
  }

  /// One event, then nothing.
  static Script stalls() {
    return visit -> {
      visit.events().write(Wire.event("始"));
      visit.site().every(1_000, () -> {}, visit);
    };
  }

  /// As many events as the other end takes; `sent` counts their bytes.
  static Script floods(AtomicLong sent) {
    String events = Wire.event("水".repeat(10_000));
    return visit -> {
      HttpServerResponse response = visit.events();
      visit
          .site()
          .every(
              2,
              () -> {
                if (!response.writeQueueFull()) {
                  response.write(events);
                  sent.addAndGet(events.length() * 3L);
                }
              },
              visit);
    };
  }

  /// Nothing comes, ever.
  static Script staysSilent() {
    return visit -> visit.site().every(1_000, () -> {}, visit);
  }

  /// An error or a redirect.
  static Script status(int status, String header, String value) {
    return visit ->
        visit.request().response().setStatusCode(status).putHeader(header, value).end("{}");
  }

  /// A right answer with a statement on other bytes.
  static Script signsOtherBytes() {
    return visit -> {
      visit.request().response().setChunked(true).putHeader("Content-Type", "application/json");
      visit.request().response().write(Buffer.buffer(Wire.whole("出島")));
      visit.endSigned("something else", 200);
    };
  }
}
