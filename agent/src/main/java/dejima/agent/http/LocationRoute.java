package dejima.agent.http;

import dejima.agent.ErrorAnswer;
import dejima.agent.location.LocationDesk;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.location.TlsBinding;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSession;

/// What gateways ask for to have the site measured; the signatures are made off the event loop.
///
/// @param desk the site's part in it; none if the operator has not set `location`
record LocationRoute(Vertx vertx, Optional<LocationDesk> desk) {
  static final String OPEN = "/dejima/v1/location/open";
  static final String COUNTERSIGN = "/dejima/v1/location/countersign";

  private static final int LONGEST = 16 * 1024;

  /// Opens a measurement for the connection of this request.
  void open(HttpServerRequest request) {
    Optional<TlsBinding> tls =
        Optional.<SSLSession>ofNullable(request.connection().sslSession())
            .flatMap(session -> TlsBinding.of(session).toOptional());
    if (tls.isEmpty()) {
      Plain.refuse(request, refused("this connection exports no keying material"));
      return;
    }
    answer(request, desk -> json -> desk.open(json, tls.get()));
  }

  /// Signs a transcript.
  void countersign(HttpServerRequest request) {
    answer(request, desk -> desk::countersign);
  }

  private void answer(
      HttpServerRequest request,
      Function<LocationDesk, Function<Json, LocationDesk.Outcome>> question) {
    if (desk.isEmpty()) {
      Plain.refuse(
          request, refused("this site is not measured: its agent.yaml has no location section"));
      return;
    }
    Function<Json, LocationDesk.Outcome> ask = question.apply(desk.get());
    Buffer body = Buffer.buffer();
    request.handler(bytes -> {
      if (body.length() + bytes.length() <= LONGEST) {
        body.appendBuffer(bytes);
      } else {
        Plain.refuse(request, refused("the question is longer than 16 KiB"));
      }
    });
    Context loop = vertx.getOrCreateContext();
    request.endHandler(_ ->
        Thread.startVirtualThread(() -> {
          LocationDesk.Outcome outcome = outcome(body, ask);
          loop.runOnContext(_ -> say(request, outcome));
        }));
  }

  private static LocationDesk.Outcome outcome(
      Buffer body, Function<Json, LocationDesk.Outcome> ask) {
    return switch (Json.read(body.getBytes())) {
      case Reading.Read<Json>(Json json) -> ask.apply(json);
      case Reading.Unreadable<Json>(String reason) -> new LocationDesk.Outcome.Refused(reason);
    };
  }

  private static void say(HttpServerRequest request, LocationDesk.Outcome outcome) {
    switch (outcome) {
      case LocationDesk.Outcome.Done(Json.Obj answer) -> {
        if (!request.response().ended() && !request.response().closed()) {
          Plain.json(request, answer.canonicalBytes());
        }
      }
      case LocationDesk.Outcome.Refused(String reason) -> Plain.refuse(request, refused(reason));
    }
  }

  private static ErrorAnswer refused(String reason) {
    return ErrorAnswer.invalid(409, "not_measured", reason);
  }
}
