package dejima.audit.monitor;

import dejima.evidence.KeySuccession;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.VerificationKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Follows a log from one of its keys to the next, by the word of the one before: what was said
/// once must go on being said, no key names two that follow it, and a key that gave way does not
/// come back.
///
/// @param source the log
/// @param given the keys that the reader trusts by itself
record Successors(LogSource source, VerificationKeys given) {
  /// How the keys follow one another now.
  ///
  /// @param before what was followed so far
  /// @throws Alarm if that is not how it was, or leads to two places
  KeySuccession after(Optional<Followed> before) {
    KeySuccession known =
        before.map(Followed::succession).orElseGet(() -> new KeySuccession(List.of()));
    KeySuccession served = served();
    if (!served.continues(known)) {
      throw new Alarm(
          Alarm.Kind.SUCCESSION,
          "KEYS: the log says otherwise than before how its keys followed one another.",
          "鍵：ログの鍵の交代についての説明が以前と食い違っている。");
    }
    if (served.forks(given.logs())) {
      throw new Alarm(
          Alarm.Kind.SUCCESSION,
          "KEYS: a key of the log names two different keys to follow it.",
          "鍵：ログの一つの鍵が、異なる二つの後継の鍵を指名している。");
    }
    return served;
  }

  private KeySuccession served() {
    Optional<byte[]> file = source.file("succession");
    if (file.isEmpty()) {
      return new KeySuccession(List.of()); // a log that never changed its key need not say so
    }
    return switch (KeySuccession.parse(new String(file.get(), StandardCharsets.UTF_8))) {
      case Reading.Read<KeySuccession>(KeySuccession read) -> read;
      case Reading.Unreadable<KeySuccession>(String reason) ->
          throw new Alarm(
              Alarm.Kind.SUCCESSION,
              "KEYS: what the log serves as its key succession is none: " + reason,
              "鍵：ログの示す鍵の交代の記録を読めない。");
    };
  }

  /// Refuses a head that only a key signed which had given way before: whoever took that key may
  /// not go on in the log's name.
  static void notBack(
      VerificationKeys keys, KeySuccession succession, SignedNote before, SignedNote now) {
    if (rank(keys, succession, now) < rank(keys, succession, before)) {
      throw new Alarm(
          Alarm.Kind.SUCCESSION,
          "KEYS: the tree head is signed only by a key that gave way to another before.",
          "鍵：ツリーヘッドに署名したのは、すでに交代した鍵だけである。");
    }
  }

  private static int rank(VerificationKeys keys, KeySuccession succession, SignedNote note) {
    return keys.logs().stream()
        .filter(key -> isSigned(note, key))
        .mapToInt(succession::rank)
        .max()
        .orElse(0);
  }

  private static boolean isSigned(SignedNote note, NoteKey key) {
    return note.signatures().stream()
        .anyMatch(line -> line.isBy(key) && line.verifies(key, note.text()));
  }
}
