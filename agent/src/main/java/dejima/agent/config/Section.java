package dejima.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One mapping of a configuration, read key by key.
///
/// Whatever is wrong is noted and reading goes on with a stand-in value, so that one pass finds
/// every mistake; [#finish] adds the keys that nobody asked for.
final class Section {
  private final JsonNode node;
  private final String path;
  private final List<Mistake> mistakes;
  private final Set<String> known = new LinkedHashSet<>();

  Section(JsonNode node, String path, List<Mistake> mistakes) {
    this.node = node;
    this.path = path;
    this.mistakes = mistakes;
  }

  /// The text of a key that must be there and must not be blank.
  String text(String key, String example) {
    JsonNode value = value(key);
    if (value.isMissingNode() || value.isNull()) {
      mistake(key, "is missing: write for example " + key + ": " + example);
      return example;
    }
    return textOf(value, key, example).orElse(example);
  }

  /// The text of a key that may be absent.
  String textOr(String key, String otherwise) {
    JsonNode value = value(key);
    return absent(value) ? otherwise : textOf(value, key, otherwise).orElse(otherwise);
  }

  /// A key's text, turned into a value; the turning says in an `IllegalArgumentException` what to
  /// write instead.
  <T> T read(String key, String example, Function<String, T> turn) {
    return turned(key, text(key, example), example, turn);
  }

  /// As [#read], for a key that may be absent.
  <T> T readOr(String key, String otherwise, Function<String, T> turn) {
    return turned(key, textOr(key, otherwise), otherwise, turn);
  }

  /// A whole number within bounds, for a key that may be absent.
  int numberOr(String key, int otherwise, int least, int most) {
    JsonNode value = value(key);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      mistake(key, "is " + shown(value) + ": write a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.intValue();
  }

  /// `true` or `false`, for a key that may be absent.
  boolean flagOr(String key, boolean otherwise) {
    JsonNode value = value(key);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      mistake(key, "is " + shown(value) + ": write true or false");
    }
    return value.booleanValue();
  }

  /// The texts of a list that may be absent, each turned into a value.
  <T> List<T> list(String key, Function<String, T> turn) {
    JsonNode value = value(key);
    List<T> read = new ArrayList<>();
    if (absent(value)) {
      return read;
    }
    if (!value.isArray()) {
      mistake(key, "is " + shown(value) + ": write a list, one item to a line after a dash");
      return read;
    }
    for (int place = 0; place < value.size(); place++) {
      String item = key + "[" + place + "]";
      textOf(value.get(place), item, "…")
          .flatMap(text -> attempt(item, text, turn))
          .ifPresent(read::add);
    }
    return read;
  }

  /// The mapping below a key; an empty one if it is absent or no mapping.
  Section section(String key) {
    JsonNode value = value(key);
    if (!absent(value) && !value.isObject()) {
      mistake(key, "is " + shown(value) + ": write a mapping, one key to a line, indented");
    }
    return new Section(value.isObject() ? value : MissingNode.getInstance(), place(key), mistakes);
  }

  /// Notes a mistake at a key.
  void mistake(String key, String problem) {
    mistakes.add(new Mistake(place(key), problem));
  }

  /// Notes every key that nobody asked for.
  void finish() {
    for (String key : (Iterable<String>) () -> node.fieldNames()) {
      if (!known.contains(key)) {
        mistake(key, "is not known here: remove it, or write one of " + String.join(", ", known));
      }
    }
  }

  private JsonNode value(String key) {
    known.add(key);
    return node.path(key);
  }

  private <T> T turned(String key, String text, String otherwise, Function<String, T> turn) {
    return attempt(key, text, turn).orElseGet(() -> turn.apply(otherwise));
  }

  private <T> Optional<T> attempt(String key, String text, Function<String, T> turn) {
    try {
      return Optional.of(turn.apply(text));
    } catch (IllegalArgumentException refused) {
      mistake(key, "is \"" + text + "\": " + refused.getMessage());
      return Optional.empty();
    }
  }

  private Optional<String> textOf(JsonNode value, String key, String example) {
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      mistake(key, "is " + shown(value) + ": write text, for example " + example);
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  private String place(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "a mapping";
      case NULL, MISSING -> "empty";
      case STRING, BINARY, POJO ->
          value.asText().isBlank() ? "blank" : "\"" + value.asText() + "\"";
      case BOOLEAN, NUMBER -> value.asText();
    };
  }
}
