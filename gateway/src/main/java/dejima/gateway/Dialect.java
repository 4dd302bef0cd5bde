package dejima.gateway;

import dejima.evidence.Json;
import java.nio.charset.StandardCharsets;

/// The protocol in which a client speaks, which decides what an error looks like.
public enum Dialect {
  /// OpenAI's API: the error object has `message`, `type`, `param` and `code`.
  OPENAI,
  /// Azure OpenAI's API: the same object, with Azure's own codes where it has some.
  AZURE;

  /// The JSON body of an error answer.
  public byte[] error(Problem problem) {
    return Json.object().put("error", errorObject(problem)).build().canonicalBytes();
  }

  /// The server-sent event that ends a stream which broke off.
  public byte[] errorEvent(Problem problem) {
    String body = new String(error(problem), StandardCharsets.UTF_8);
    return ("data: " + body + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private Json errorObject(Problem problem) {
    return Json.object()
        .put("message", problem.message())
        .put("type", problem.type())
        .put("param", problem.param().<Json>map(field -> Json.of(field)).orElse(Json.nullValue()))
        .put("code", code(problem))
        .build();
  }

  private String code(Problem problem) {
    return switch (this) {
      case OPENAI -> problem.code();
      case AZURE ->
          switch (problem.code()) {
            case "model_not_found" -> "DeploymentNotFound";
            case String _ when problem.status() == 401 || problem.status() == 429 ->
                Integer.toString(problem.status());
            case String code -> code;
          };
    };
  }
}
