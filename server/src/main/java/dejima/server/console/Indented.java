package dejima.server.console;

import dejima.evidence.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// JSON for people: a member a line, lists of plain values on one.
final class Indented {
  private static final int INDENT = 2;

  private Indented() {}

  static String text(Json json) {
    return text(json, 0);
  }

  private static String text(Json json, int depth) {
    String inner = " ".repeat(INDENT * (depth + 1));
    String outer = " ".repeat(INDENT * depth);
    return switch (json) {
      case Json.Obj object when !object.members().isEmpty() ->
          object.members().stream()
              .map(member -> inner + name(member) + ": " + text(member.value(), depth + 1))
              .collect(Collectors.joining(",\n", "{\n", "\n" + outer + "}"));
      case Json.Arr(List<Json> items) when items.stream().anyMatch(Json.Obj.class::isInstance) ->
          items.stream()
              .map(item -> inner + text(item, depth + 1))
              .collect(Collectors.joining(",\n", "[\n", "\n" + outer + "]"));
      case Json.Obj _,
          Json.Arr _,
          Json.Str _,
          Json.Num _,
          Json.Bool _,
          Json.Null _,
          Json.Canonical _ ->
          line(json);
    };
  }

  private static String name(Json.Member member) {
    return line(Json.of(member.name()));
  }

  private static String line(Json json) {
    return new String(json.canonicalBytes(), StandardCharsets.UTF_8);
  }
}
