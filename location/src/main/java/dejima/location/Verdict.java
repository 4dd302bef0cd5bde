package dejima.location;

/// What one landmark's measurement says about the place that a site declares.
public sealed interface Verdict {
  /// The site is not on foreign land, if this landmark is honest and stands where it says.
  ///
  /// @param shortest the round trip that proves it
  /// @param disc where the site can be
  record Proved(RoundTrip shortest, Disc disc) implements Verdict {}

  /// The measurement neither proves nor contradicts.
  ///
  /// @param doubt why not
  record Unproved(Doubt doubt) implements Verdict {}

  /// Light could not have come from the declared place and back in this time.
  ///
  /// @param shortest the round trip that contradicts
  /// @param metres from the landmark to the declared place
  record Contradicted(RoundTrip shortest, double metres) implements Verdict {}

  /// The word in entries: `PROVED`, `UNPROVED` or `CONTRADICTED`.
  default String word() {
    return switch (this) {
      case Proved _ -> "PROVED";
      case Unproved _ -> "UNPROVED";
      case Contradicted _ -> "CONTRADICTED";
    };
  }

  /// Why it is not proved, as a word; empty when it is.
  default String reason() {
    return switch (this) {
      case Proved _ -> "";
      case Unproved(Doubt doubt) -> doubt.word();
      case Contradicted _ -> "faster-than-light";
    };
  }
}
