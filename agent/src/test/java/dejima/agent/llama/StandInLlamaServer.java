package dejima.agent.llama;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/// Stands in for `llama-server`: takes its arguments and key, answers with the request's body, and
/// dies when it is asked for the model `die`.
final class StandInLlamaServer {
  private StandInLlamaServer() {}

  /// Runs until it is killed.
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(StandInLlamaServer::answer)
        .listen(port, "127.0.0.1");
  }

  private static void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/health" -> request.response().end("ok");
      case "/v1/models" -> request.response().end("{\"data\":[{\"id\":\"m\"}]}");
      default -> request.body().onSuccess(body -> chat(request, body.toString()));
    }
  }

  private static void chat(HttpServerRequest request, String body) {
    if (body.contains("\"die\"")) {
      Runtime.getRuntime().halt(3);
    }
    String key = "Bearer " + System.getenv("LLAMA_API_KEY");
    boolean known = key.equals(request.getHeader("Authorization"));
    request.response().setStatusCode(known ? 200 : 401).end(body);
  }
}
