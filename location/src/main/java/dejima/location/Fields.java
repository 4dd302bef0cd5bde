package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the members of one object. What is missing or malformed throws inside [#reading(String,
/// Json, int, Function)] and nowhere else.
final class Fields {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

  private final Json.Obj members;

  private Fields(Json.Obj members) {
    this.members = members;
  }

  /// Reads an object of exactly so many members.
  static <T> Reading<T> reading(String what, Json json, int count, Function<Fields, T> read) {
    if (!(json instanceof Json.Obj o) || o.members().size() != count) {
      return new Reading.Unreadable<>(what + " has not exactly its " + count + " members");
    }
    try {
      return new Reading.Read<>(read.apply(new Fields(o)));
    } catch (IllegalArgumentException refused) {
      return new Reading.Unreadable<>(what + ": " + refused.getMessage());
    }
  }

  /// `v` must be 1.
  Fields version1() {
    if (whole("v") != 1) {
      throw new IllegalArgumentException("only version 1 is known");
    }
    return this;
  }

  /// Whole, zero or more.
  long whole(String name) {
    return members
        .integer(name)
        .filter(n -> n >= 0)
        .orElseThrow(() -> new IllegalArgumentException(name + " is not a whole number"));
  }

  String text(String name) {
    return some(name, members.string(name));
  }

  /// The name of a site or a landmark.
  String id(String name) {
    return name(text(name));
  }

  /// Checks the name of a site or a landmark: 1 to 128 of these characters have the same form in
  /// keys, files and datagrams.
  static String name(String id) {
    if (!NAME.matcher(id).matches()) {
      throw new IllegalArgumentException("a name has 1 to 128 letters, digits and . _ : / -");
    }
    return id;
  }

  String pin(String name) {
    String pin = text(name);
    if (!SiteKey.isPin(pin)) {
      throw new IllegalArgumentException(name + " is not a pin");
    }
    return pin;
  }

  Place place() {
    return Place.in(members).orThrow();
  }

  Json.Obj object(String name) {
    return some(name, members.object(name));
  }

  <T> List<T> list(String name, Function<Json, Reading<T>> read) {
    return some(name, members.array(name)).stream()
        .map(item -> read.apply(item).orThrow())
        .toList();
  }

  private static <T> T some(String name, Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }
}
