package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A JSON value with exactly one byte form: the canonical one of RFC 8785.
///
/// Numbers are IEEE 754 doubles, as that document demands; an integer beyond ±(2⁵³−1) belongs in a
/// string. Values are immutable, and equal when their canonical bytes are equal.
public sealed interface Json {

  /// `null`.
  static Json nullValue() {
    return new Null();
  }

  /// The canonical UTF-8 form (RFC 8785 §3.2).
  default byte[] canonicalBytes() {
    var writer = new CanonicalWriter(256);
    writer.value(this);
    return writer.toByteArray();
  }

  /// The canonical form as text.
  default String canonicalText() {
    return new String(canonicalBytes(), StandardCharsets.UTF_8);
  }

  /// The base64 SHA-256 of the canonical form: what entries call a document by.
  default String canonicalHash() {
    return StrictBase64.text(Sha256.of(canonicalBytes()));
  }

  /// Reads one JSON text of at most 4 MiB; see [#read(byte[], int)].
  static Reading<Json> read(byte[] utf8) {
    return read(utf8, 4 << 20);
  }

  /// Reads one JSON text (RFC 8259): UTF-8 without byte order mark, every name once per object, no
  /// lone surrogates, finite numbers, at most 64 levels deep, nothing after the value.
  static Reading<Json> read(byte[] utf8, int maxBytes) {
    return JsonReader.read(utf8, maxBytes);
  }

  /// Starts an object.
  static Members object() {
    return new Members();
  }

  /// A string.
  ///
  /// @throws IllegalArgumentException if the text holds a lone surrogate
  static Json of(String text) {
    return new Str(text);
  }

  /// A number.
  ///
  /// @throws IllegalArgumentException beyond ±(2⁵³−1)
  static Json of(long number) {
    if (number > Num.MAX_INTEGER || number < -Num.MAX_INTEGER) {
      throw new IllegalArgumentException("integer beyond 2^53-1 must be a string: " + number);
    }
    return new Num(number);
  }

  /// A number.
  static Json of(double number) {
    return new Num(number);
  }

  /// `true` or `false`.
  static Json of(boolean bool) {
    return new Bool(bool);
  }

  /// An array.
  static Json array(List<? extends Json> items) {
    return new Arr(List.copyOf(items));
  }

  /// An array of strings.
  static Json strings(List<String> items) {
    return new Arr(items.stream().map(Json::of).toList());
  }

  /// A string of Unicode scalar values.
  record Str(String value) implements Json {
    /// Refuses lone surrogates, which have no UTF-8 form.
    public Str {
      CanonicalWriter.requireScalars(value);
    }
  }

  /// A finite number.
  record Num(double value) implements Json {
    static final long MAX_INTEGER = (1L << 53) - 1;

    /// Refuses NaN and the infinities; there is only one zero.
    public Num {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a finite number");
      }
      value = value == 0 ? 0.0 : value;
    }

    /// The value if it is an integer that a double holds exactly.
    public Optional<Long> integer() {
      long whole = (long) value;
      return whole == value && Math.abs(whole) <= MAX_INTEGER
          ? Optional.of(whole)
          : Optional.empty();
    }
  }

  /// `true` or `false`.
  record Bool(boolean value) implements Json {}

  /// `null`.
  record Null() implements Json {}

  /// An array.
  record Arr(List<Json> items) implements Json {
    /// Copies the items.
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A value that was rendered before: its bytes go into the text as they are. It saves rendering
  /// what many entries share; whoever makes one vouches that the bytes are canonical.
  final class Canonical implements Json {
    private final byte[] bytes;

    private Canonical(byte[] bytes) {
      this.bytes = bytes;
    }

    /// Renders the value once.
    public static Canonical of(Json value) {
      return new Canonical(value.canonicalBytes());
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Json json && Arrays.equals(bytes, json.canonicalBytes());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return canonicalText();
    }
  }

  /// One name and its value.
  record Member(String name, Json value) implements Comparable<Member> {
    /// Refuses names with lone surrogates.
    public Member {
      CanonicalWriter.requireScalars(name);
    }

    /// By UTF-16 code units (RFC 8785 §3.2.3).
    @Override
    public int compareTo(Member other) {
      return name.compareTo(other.name);
    }
  }

  /// An object: its members in canonical order, every name once.
  record Obj(List<Member> members) implements Json {
    /// Sorts the members and refuses a repeated name.
    public Obj {
      var sorted = members.toArray(Member[]::new);
      Arrays.sort(sorted);
      for (int i = 1; i < sorted.length; i++) {
        if (sorted[i].name.equals(sorted[i - 1].name)) {
          throw new IllegalArgumentException("name occurs twice: " + sorted[i].name);
        }
      }
      members = List.of(sorted);
    }

    /// The value of a name.
    public Optional<Json> get(String name) {
      for (var member : members) {
        if (member.name.equals(name)) {
          return Optional.of(member.value);
        }
      }
      return Optional.empty();
    }

    /// The value of a name, if it is a string.
    public Optional<String> string(String name) {
      return get(name).flatMap(v -> v instanceof Str(String s) ? Optional.of(s) : Optional.empty());
    }

    /// The value of a name, if it is an integer.
    public Optional<Long> integer(String name) {
      return get(name).flatMap(v -> v instanceof Num n ? n.integer() : Optional.empty());
    }

    /// The value of a name, if it is an object.
    public Optional<Obj> object(String name) {
      return get(name).flatMap(v -> v instanceof Obj o ? Optional.of(o) : Optional.empty());
    }

    /// The items under a name, if it is an array.
    public Optional<List<Json>> array(String name) {
      return get(name)
          .flatMap(v -> v instanceof Arr(List<Json> i) ? Optional.of(i) : Optional.empty());
    }

    /// The objects under a name, if it is an array; none of its other items.
    public List<Obj> objects(String name) {
      return array(name).orElse(List.of()).stream()
          .filter(Obj.class::isInstance)
          .map(Obj.class::cast)
          .toList();
    }

    /// Every name with its value, in canonical order.
    public void forEach(BiConsumer<String, Json> action) {
      members.forEach(member -> action.accept(member.name, member.value));
    }
  }

  /// Collects the members of an object.
  final class Members {
    private final List<Member> members = new ArrayList<>();

    private Members() {}

    /// Adds a member.
    public Members put(String name, Json value) {
      members.add(new Member(name, value));
      return this;
    }

    /// Adds a string.
    public Members put(String name, String value) {
      return put(name, Json.of(value));
    }

    /// Adds an integer.
    public Members put(String name, long value) {
      return put(name, Json.of(value));
    }

    /// Adds `true` or `false`.
    public Members put(String name, boolean value) {
      return put(name, Json.of(value));
    }

    /// Adds every member of another object.
    public Members putAll(Obj other) {
      members.addAll(other.members());
      return this;
    }

    /// The object.
    ///
    /// @throws IllegalArgumentException if a name occurs twice
    public Obj build() {
      return new Obj(members);
    }
  }
}
