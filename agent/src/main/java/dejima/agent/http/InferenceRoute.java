package dejima.agent.http;

import dejima.agent.ErrorAnswer;
import dejima.agent.InferenceEngine;
import dejima.agent.config.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Where inference requests come in; runs on the one event loop.
///
/// @param voice states each answer under the site's key
/// @param places how many answers may be under way
/// @param unsealing opens sealed prompts
record InferenceRoute(
    Vertx vertx,
    InferenceEngine engine,
    SiteVoice voice,
    Limits limits,
    Places places,
    Unsealing unsealing) {
  void handle(HttpServerRequest request) {
    switch (GatewayHeaders.of(request.headers())) {
      case GatewayHeaders.Read headers when announcesTooMuch(request) ->
          Plain.refuse(request, tooLong());
      case GatewayHeaders.Read headers -> new Exchange(this, request, headers).receive();
      case GatewayHeaders.Unreadable unreadable -> Plain.refuse(request, stranger(unreadable));
    }
  }

  ErrorAnswer tooLong() {
    return ErrorAnswer.invalid(
        413,
        "body_too_large",
        "The body is longer than the %d MiB that this site takes; shorten the request."
            .formatted(limits.bodyBytes() >> 20));
  }

  private boolean announcesTooMuch(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) > limits.bodyBytes();
  }

  private static ErrorAnswer stranger(GatewayHeaders.Unreadable headers) {
    return ErrorAnswer.invalid(
        400,
        "not_from_a_gateway",
        "This is a site's agent; it answers Dejima gateways only: " + headers.reason() + ".");
  }
}
