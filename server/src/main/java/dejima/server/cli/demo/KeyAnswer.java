package dejima.server.cli.demo;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;

/// The admin plane's answer to a request for a key.
final class KeyAnswer {
  private KeyAnswer() {}

  static String key(String answer) {
    return switch (Json.read(answer.getBytes(StandardCharsets.UTF_8))) {
      case Reading.Read<Json>(Json.Obj object) -> object.string("key").orElse("");
      case Reading.Read<Json> _, Reading.Unreadable<Json> _ ->
          throw new DemoFailed("the admin plane's answer is not JSON");
    };
  }
}
