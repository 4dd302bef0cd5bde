package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the errors that the server answers with.
final class Errors {
  private Errors() {}

  /// The message of an OpenAI error object or of an RFC 9457 problem.
  static String message(int status, String body) {
    return switch (Json.read(body.getBytes(StandardCharsets.UTF_8))) {
      case Reading.Read<Json>(Json.Obj object) ->
          status + " " + openAi(object).or(() -> problem(object)).orElse(body);
      case Reading.Read<Json> _, Reading.Unreadable<Json> _ -> status + " " + body.strip();
    };
  }

  private static Optional<String> openAi(Json.Obj object) {
    return object.object("error").flatMap(error -> error.string("message"));
  }

  private static Optional<String> problem(Json.Obj object) {
    return object
        .string("title")
        .map(title -> title + object.string("detail").map(detail -> ": " + detail).orElse(""));
  }
}
