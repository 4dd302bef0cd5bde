package dejima.register;

import dejima.evidence.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One JSON object of a register's file. Its members are asked for by name; whatever was not asked
/// for is a mistake, and every mistake is noted with its place.
final class Section {
  private static final int LONGEST_TEXT = 2_000;
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final String file;
  private final String path;
  private final Json.Obj object;
  private final List<Mistake> mistakes;
  private final Set<String> asked = new HashSet<>();

  Section(String file, String path, Json json, List<Mistake> mistakes) {
    this.file = file;
    this.path = path;
    this.mistakes = mistakes;
    if (json instanceof Json.Obj read) {
      this.object = read;
    } else {
      this.object = Json.object().build();
      mistakes.add(new Mistake(file, path, "must be an object, {…}"));
    }
  }

  /// Notes a mistake at a member, or here if the name is empty.
  void mistake(String name, String message) {
    mistakes.add(new Mistake(file, label(name), message));
  }

  private String label(String name) {
    if (name.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private Optional<Json> value(String name) {
    asked.add(name);
    return object.get(name);
  }

  /// Whether a member is there.
  boolean has(String name) {
    return value(name).isPresent();
  }

  /// A text that may be there; neither blank nor of more than 2,000 characters.
  Optional<String> optionalText(String name) {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Str(String text)
        && !text.isBlank()
        && text.length() <= LONGEST_TEXT
        && text.chars().noneMatch(Character::isISOControl)) {
      return Optional.of(text);
    }
    mistake(
        name, "must be a text, not blank, of one line and at most " + LONGEST_TEXT + " characters");
    return Optional.empty();
  }

  /// A text that must be there.
  Optional<String> text(String name) {
    requirePresent(name);
    return optionalText(name);
  }

  private void requirePresent(String name) {
    if (!has(name)) {
      mistake(name, "is missing");
    }
  }

  /// A text that must be there, read by `reader`, whose exception says what belongs there.
  <T> Optional<T> read(String name, Function<String, T> reader) {
    return text(name).flatMap(text -> attempt(name, () -> reader.apply(text)));
  }

  /// Makes a value of what was read; a rule that it breaks is a mistake at the member.
  <T> Optional<T> attempt(String name, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException broken) {
      mistake(name, String.valueOf(broken.getMessage()));
      return Optional.empty();
    }
  }

  /// A whole number within bounds that must be there.
  Optional<Long> whole(String name, long least, long most) {
    requirePresent(name);
    Optional<Json> value = value(name);
    Optional<Long> number = object.integer(name).filter(n -> n >= least && n <= most);
    if (value.isPresent() && number.isEmpty()) {
      mistake(name, "must be a whole number from " + least + " to " + most);
    }
    return number;
  }

  /// A number that must be there.
  Optional<Double> number(String name) {
    requirePresent(name);
    return value(name)
        .flatMap(value -> {
          if (value instanceof Json.Num(double number)) {
            return Optional.of(number);
          }
          mistake(name, "must be a number");
          return Optional.empty();
        });
  }

  /// A percentage with at most four decimals that must be there.
  Optional<BigDecimal> percent(String name) {
    return number(name)
        .flatMap(number -> {
          BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
          if (exact.scale() > 4 || number < 0 || number > 100) {
            mistake(name, "must be a percentage from 0 to 100 with at most four decimals");
            return Optional.empty();
          }
          return Optional.of(exact);
        });
  }

  /// `true` or `false`; `otherwise` where it may be left out.
  Optional<Boolean> flag(String name, Optional<Boolean> otherwise) {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      if (otherwise.isEmpty()) {
        mistake(name, "is missing");
      }
      return otherwise;
    }
    if (value.get() instanceof Json.Bool(boolean flag)) {
      return Optional.of(flag);
    }
    mistake(name, "must be true or false");
    return Optional.empty();
  }

  /// A calendar day, `2026-11-21`, that must be there.
  Optional<LocalDate> date(String name) {
    return read(
        name,
        text -> {
          try {
            if (DATE.matcher(text).matches()) {
              return LocalDate.parse(text);
            }
          } catch (DateTimeParseException noSuchDay) {
            throw new IllegalArgumentException("there is no such day", noSuchDay);
          }
          throw new IllegalArgumentException("must be a day such as 2026-11-21");
        });
  }

  /// Texts that may be there, each read by `reader`; none of them twice.
  <T> List<T> texts(String name, Function<String, T> reader) {
    List<T> read = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<Json> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      String place = name + "[" + i + "]";
      if (!(items.get(i) instanceof Json.Str(String text)) || text.isBlank()) {
        mistake(place, "must be a text");
      } else if (!seen.add(text)) {
        mistake(place, "stands there twice");
      } else {
        attempt(place, () -> reader.apply(text)).ifPresent(read::add);
      }
    }
    return read;
  }

  /// Objects that may be there.
  List<Section> sections(String name) {
    List<Section> sections = new ArrayList<>();
    List<Json> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      sections.add(new Section(file, label(name) + "[" + i + "]", items.get(i), mistakes));
    }
    return sections;
  }

  /// What stands under a name as a list, empty where nothing does.
  List<Json> items(String name) {
    Optional<Json> value = value(name);
    if (value.isPresent() && !(value.get() instanceof Json.Arr)) {
      mistake(name, "must be a list, […]");
    }
    return object.array(name).orElse(List.of());
  }

  /// A fact that may be there, and whose value is an object that `reader` reads.
  <T> Optional<Fact<T>> fact(String name, Function<Section, Optional<T>> reader) {
    return value(name)
        .flatMap(json -> new Section(file, label(name), json, mistakes).asFact(reader, "value"));
  }

  /// A fact that may be there, and whose value `reader` reads as a member of the fact.
  <T> Optional<Fact<T>> plainFact(String name, Function<Section, Optional<T>> reader) {
    return value(name)
        .flatMap(json -> new Section(file, label(name), json, mistakes).asFact(reader, ""));
  }

  /// This object as a fact.
  ///
  /// @param inside the member that `reader` is given, or empty: the fact itself
  <T> Optional<Fact<T>> asFact(Function<Section, Optional<T>> reader, String inside) {
    requirePresent("value");
    Optional<T> value = Optional.empty();
    if (has("value")) {
      value = inside.isEmpty() ? reader.apply(this) : inside(inside, reader);
    }
    Optional<String> source = text("source");
    Optional<LocalDate> date = date("date");
    Optional<LocalDate> expires = date("expires");
    close();
    if (value.isEmpty() || source.isEmpty() || date.isEmpty() || expires.isEmpty()) {
      return Optional.empty();
    }
    T found = value.get();
    return attempt("", () -> new Fact<>(found, source.get(), date.get(), expires.get()));
  }

  private <T> Optional<T> inside(String name, Function<Section, Optional<T>> reader) {
    Section inner =
        new Section(file, label(name), value(name).orElseGet(Json::nullValue), mistakes);
    Optional<T> read = reader.apply(inner);
    inner.close();
    return read;
  }

  /// Notes every member that was not asked for.
  void close() {
    object.forEach((name, _) -> {
      if (!asked.contains(name)) {
        mistake(
            name,
            "is not known here; there are " + String.join(", ", asked.stream().sorted().toList()));
      }
    });
  }
}
