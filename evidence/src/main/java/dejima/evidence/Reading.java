package dejima.evidence;

import java.util.Optional;
import java.util.function.Function;

/// What came of reading outside input: a value that keeps every rule of its format, or the reason
/// why there is none.
///
/// @param <T> what was to be read
public sealed interface Reading<T> {

  /// The input kept every rule.
  ///
  /// @param value what it says
  record Read<T>(T value) implements Reading<T> {}

  /// The input broke a rule and nothing of it may be used.
  ///
  /// @param reason which rule, in one English clause that quotes no secret
  record Unreadable<T>(String reason) implements Reading<T> {}

  /// The value, where only its presence matters.
  default Optional<T> toOptional() {
    return switch (this) {
      case Read<T>(T value) -> Optional.of(value);
      case Unreadable<T> _ -> Optional.empty();
    };
  }

  /// The value, for input that this program wrote itself.
  ///
  /// @throws IllegalArgumentException with the reason if there is none
  default T orThrow() {
    return switch (this) {
      case Read<T>(T value) -> value;
      case Unreadable<T>(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /// Goes on reading with the value, if there is one.
  default <R> Reading<R> then(Function<? super T, Reading<R>> next) {
    return switch (this) {
      case Read<T>(T value) -> next.apply(value);
      case Unreadable<T>(String reason) -> new Unreadable<>(reason);
    };
  }
}
