package dejima.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dejima.residency.Country;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One mapping of a configuration file. It notes every mistake under its path and goes on, so that
/// an operator sees all of them at once; [#close] notes the keys that nobody asked for.
final class ConfigSection {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Duration LONGEST = Duration.ofHours(24);

  private final String path;
  private final JsonNode node;
  private final List<String> mistakes;
  private final Set<String> asked = new HashSet<>();

  ConfigSection(String path, JsonNode node, List<String> mistakes) {
    this.path = path;
    this.node = node;
    this.mistakes = mistakes;
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      mistakes.add(label("") + ": must be a mapping of keys to values");
    }
  }

  /// A text that must be there.
  String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, ""));
  }

  /// A text that may be there.
  Optional<String> optionalText(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode() || value.asText().isBlank()) {
      mistake(key, "must be a text");
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  /// A text read by `reader`, which explains itself by its exception.
  <T> Optional<T> read(String key, Function<String, T> reader) {
    return optionalText(key)
        .flatMap(text -> {
          try {
            return Optional.of(reader.apply(text));
          } catch (IllegalArgumentException wrong) {
            mistake(key, String.valueOf(wrong.getMessage()));
            return Optional.empty();
          }
        });
  }

  /// One of an enum's constants, written in small letters.
  <E extends Enum<E>> E constant(String key, Class<E> type, E otherwise) {
    return read(key, text -> constant(type, text)).orElse(otherwise);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text.toLowerCase(Locale.ROOT))) {
        return constant;
      }
      names.add(name);
    }
    throw new IllegalArgumentException("must be one of " + String.join(", ", names));
  }

  /// A country by its ISO 3166-1 code, unknown where it is not set.
  Country country(String key) {
    return read(key, ConfigSection::countryOf).orElse(Country.UNKNOWN);
  }

  private static Country countryOf(String text) {
    return Country.read(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be an ISO 3166-1 code of two capitals, such as JP, or ZZ for unknown"));
  }

  /// A whole number within bounds.
  long whole(String key, long otherwise, long least, long most) {
    JsonNode value = value(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < least
        || value.longValue() > most) {
      mistake(key, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.longValue();
  }

  /// `true` or `false`.
  boolean flag(String key, boolean otherwise) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      mistake(key, "must be true or false");
    }
    return value.isBoolean() ? value.booleanValue() : otherwise;
  }

  /// A duration such as `500ms`, `10s`, `5m`.
  Duration duration(String key, Duration otherwise) {
    return read(key, ConfigSection::duration).orElse(otherwise);
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be a duration such as 500ms, 10s or 5m");
    }
    long amount = Long.parseLong(parts.group(1));
    Duration duration =
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be a duration from 1ms to 24h");
    }
    return duration;
  }

  /// Whether a key is set.
  boolean has(String key) {
    return !value(key).isMissingNode();
  }

  /// A nested mapping, empty when it is not there.
  ConfigSection section(String key) {
    return new ConfigSection(label(key), value(key), mistakes);
  }

  /// The mappings of a list.
  List<ConfigSection> sections(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isArray()) {
      mistake(key, "must be a list");
      return List.of();
    }
    List<ConfigSection> sections = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      sections.add(new ConfigSection(label(key) + "[" + i + "]", value.get(i), mistakes));
    }
    return sections;
  }

  /// Notes a mistake at a key.
  void mistake(String key, String message) {
    mistakes.add(label(key) + ": " + message);
  }

  /// How many mistakes there are in the file so far.
  int mistakes() {
    return mistakes.size();
  }

  /// Notes every key that was not asked for.
  void close() {
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!asked.contains(key)) {
            mistake(key, "is not a setting; there are " + sortedSettings());
          }
        });
  }

  private String sortedSettings() {
    return String.join(", ", asked.stream().sorted().toList());
  }

  private <T> T missing(String key, T otherwise) {
    mistake(key, "is missing");
    return otherwise;
  }

  private JsonNode value(String key) {
    asked.add(key);
    return node.isObject() ? node.path(key) : MissingNode.getInstance();
  }

  private String label(String key) {
    if (key.isEmpty()) {
      return path.isEmpty() ? "the file" : path;
    }
    return path.isEmpty() ? key : path + "." + key;
  }
}
