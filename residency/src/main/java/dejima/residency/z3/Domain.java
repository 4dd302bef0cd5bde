package dejima.residency.z3;

import java.util.List;

/// Which values a declared field can have at all.
public sealed interface Domain {
  /// A field of type `bool`; an example prefers false.
  record Flag() implements Domain {}

  /// A field of type `int`; an example prefers the least.
  record Whole(long least, long most) implements Domain {}

  /// A field of type `string` that has one of few values; an example prefers the first.
  record Words(List<String> words) implements Domain {
    /// Copies the words.
    public Words {
      words = List.copyOf(words);
    }
  }

  /// A field of type `string` that may have any value; an example prefers the first of these.
  record AnyText(List<String> readable) implements Domain {
    /// Copies the texts.
    public AnyText {
      readable = List.copyOf(readable);
    }
  }
}
