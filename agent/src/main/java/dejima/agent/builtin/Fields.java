package dejima.agent.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the fields of a JSON object; a field of null counts as absent, as it does for OpenAI.
///
/// A field of the wrong type or range ends the reading with a [Mistake], which names the field.
record Fields(JsonNode object) {
  /// Ends the reading of a request; caught where the reading began.
  static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ApiError error;

    Mistake(ApiError error) {
      super(error.code(), null, false, false);
      this.error = error;
    }

    ApiError error() {
      return error;
    }
  }

  static Mistake wrong(String param, String expected) {
    return new Mistake(
        ApiError.invalid("'" + param + "' must be " + expected + ".", param, "invalid_value"));
  }

  static Mistake unsupported(String param, String why) {
    return new Mistake(ApiError.invalid(why, param, "unsupported_value"));
  }

  Optional<JsonNode> field(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  JsonNode required(String name) {
    return field(name)
        .orElseThrow(() ->
            new Mistake(
                ApiError.invalid(
                    "'" + name + "' is missing.", name, "missing_required_parameter")));
  }

  boolean truth(String name) {
    return field(name)
        .map(value -> {
          if (!value.isBoolean()) {
            throw wrong(name, "true or false");
          }
          return value.booleanValue();
        })
        .orElse(false);
  }

  Optional<Integer> whole(String name, int least, int most) {
    return field(name)
        .map(value -> {
          if (!value.isIntegralNumber()
              || !value.canConvertToInt()
              || value.intValue() < least
              || value.intValue() > most) {
            throw wrong(name, "an integer from " + least + " to " + most);
          }
          return value.intValue();
        });
  }

  double real(String name, double least, double most, double otherwise) {
    return field(name)
        .map(value -> {
          double number = value.isNumber() ? value.doubleValue() : Double.NaN;
          if (!(number >= least && number <= most)) {
            throw wrong(name, "a number from " + least + " to " + most);
          }
          return number;
        })
        .orElse(otherwise);
  }

  /// One text or an array of them.
  List<String> texts(String name, int most) {
    List<String> texts = new ArrayList<>();
    field(name)
        .ifPresent(value -> {
          Iterable<JsonNode> values = value.isArray() ? value : List.of(value);
          for (JsonNode v : values) {
            if (!v.isTextual() || v.textValue().isEmpty() || texts.size() == most) {
              throw wrong(name, "a text or an array of at most " + most + " texts");
            }
            texts.add(v.textValue());
          }
        });
    return texts;
  }
}
