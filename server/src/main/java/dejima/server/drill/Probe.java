package dejima.server.drill;

import dejima.evidence.Json;
import dejima.gateway.Route;
import dejima.residency.LegalGrounds;
import dejima.server.http.ClaimedGrounds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A short request of one kind of work, with a text that was made up for the drill.
///
/// @param work what it stands for
/// @param gateway the shadow's address
/// @param key admits it there
record Probe(Work work, URI gateway, String key) {
  private static final String TEXT = "withdraw drill";
  private static final int MOST_TOKENS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// What became of one request.
  enum Result {
    /// It was answered whole.
    ANSWERED,
    /// The policy, or the lack of a permitted site, refused it.
    REFUSED,
    /// It failed or broke off.
    FAILED
  }

  /// One request that has ended.
  ///
  /// @param startedAt when it left, on the monotonic clock
  /// @param endedAt when its answer was whole, or had failed
  /// @param site which site answered, empty if none did
  record Shot(long startedAt, long endedAt, Result result, String site) {}

  /// Sends one request and waits for its end.
  ///
  /// @param streamed whether the answer is asked for piece by piece
  Shot fire(HttpClient client, boolean streamed) throws InterruptedException {
    long startedAt = System.nanoTime();
    try {
      HttpResponse<String> answer =
          client.send(
              request(streamed), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Shot(
          startedAt,
          System.nanoTime(),
          result(answer, streamed),
          answer.headers().firstValue("dejima-site").orElse(""));
    } catch (IOException broken) {
      return new Shot(startedAt, System.nanoTime(), Result.FAILED, "");
    }
  }

  private static Result result(HttpResponse<String> answer, boolean streamed) {
    int status = answer.statusCode();
    if (status == 403 || status == 503) {
      return Result.REFUSED;
    }
    boolean whole = !streamed || answer.body().stripTrailing().endsWith("[DONE]");
    return status == 200 && whole ? Result.ANSWERED : Result.FAILED;
  }

  private HttpRequest request(boolean streamed) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(Route.Operations.pathOf(work.kind())))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Dejima-Data-Class", work.dataClass().label())
            .POST(HttpRequest.BodyPublishers.ofString(body(streamed).canonicalText()));
    LegalGrounds grounds = work.grounds();
    if (!grounds.statutoryTask().isEmpty()) {
      request.header(ClaimedGrounds.STATUTORY_TASK, grounds.statutoryTask());
    }
    if (!grounds.subcontractingPermission().isEmpty()) {
      request.header(ClaimedGrounds.SUBCONTRACTING, grounds.subcontractingPermission());
    }
    return request.header(ClaimedGrounds.TRANSFER_BASIS, grounds.transferBasis().word()).build();
  }

  private Json.Obj body(boolean streamed) {
    Json.Members body = Json.object().put("model", work.model()).put("user", "dejima-drill");
    return switch (work.kind()) {
      case CHAT ->
          body.put(
                  "messages",
                  Json.array(
                      List.of(Json.object().put("role", "user").put("content", TEXT).build())))
              .put("max_tokens", MOST_TOKENS)
              .put("stream", streamed)
              .build();
      case COMPLETION ->
          body.put("prompt", TEXT).put("max_tokens", MOST_TOKENS).put("stream", streamed).build();
      case EMBEDDING -> body.put("input", TEXT).build();
    };
  }

  /// Whether answers can come piece by piece.
  boolean streams() {
    return switch (work.kind()) {
      case CHAT, COMPLETION -> true;
      case EMBEDDING -> false;
    };
  }
}
