package dejima.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a log's keys followed one another: each step a note by which the holder of one key names the
/// next. Whoever trusts any of the keys can come to trust those after it.
///
/// @param steps oldest first
public record KeySuccession(List<SignedNote> steps) {
  private static final String TITLE = "dejima key succession";
  private static final int LONGEST = 1 << 16;

  /// Copies the list.
  public KeySuccession {
    steps = List.copyOf(steps);
  }

  /// What a step says.
  ///
  /// @param from the key that gives way, and signed this
  /// @param to the key that follows it
  private record Change(NoteKey from, NoteKey to) {
    Change {
      if (!from.name().equals(to.name())) {
        throw new IllegalArgumentException("a log keeps its name when its key changes");
      }
    }

    String text() {
      return TITLE + "\n" + from.name() + "\n" + from.text() + "\n" + to.text() + "\n";
    }

    static Reading<Change> of(SignedNote step) {
      String[] lines = step.text().split("\n", -1);
      if (lines.length != 5) {
        return new Reading.Unreadable<>("not a step of a key succession");
      }
      try {
        Change change =
            new Change(NoteKey.parse(lines[2]).orThrow(), NoteKey.parse(lines[3]).orThrow());
        return change.text().equals(step.text())
            ? new Reading.Read<>(change)
            : new Reading.Unreadable<>("a step of a key succession is not in its one form");
      } catch (IllegalArgumentException malformed) {
        return new Reading.Unreadable<>("a step of a key succession names no two keys of one log");
      }
    }
  }

  /// The same with one more step.
  ///
  /// @param from the key that gives way
  /// @param to the key that follows it, of the same name
  public KeySuccession followedBy(Signer from, NoteKey to) {
    List<SignedNote> all = new ArrayList<>(steps);
    all.add(SignedNote.sign(new Change(from.key(), to).text(), from));
    return new KeySuccession(all);
  }

  /// The keys given, and all that follow from them.
  public List<NoteKey> trusted(List<NoteKey> known) {
    List<NoteKey> trusted = new ArrayList<>(known);
    for (SignedNote step : steps) {
      Change.of(step)
          .toOptional()
          .filter(change -> trusted.contains(change.from()) && isSigned(step, change.from()))
          .filter(change -> !trusted.contains(change.to()))
          .ifPresent(change -> trusted.add(change.to()));
    }
    return List.copyOf(trusted);
  }

  /// Whether this is a later state of the same succession: nothing that was said before is missing
  /// or said otherwise.
  public boolean continues(KeySuccession before) {
    return steps.size() >= before.steps.size()
        && steps.subList(0, before.steps.size()).equals(before.steps);
  }

  /// Whether one of the keys known, or one that follows from them, named two keys to follow it: its
  /// holder leads some readers elsewhere than others.
  public boolean forks(List<NoteKey> known) {
    List<NoteKey> trusted = trusted(known);
    Map<NoteKey, NoteKey> next = new HashMap<>();
    for (SignedNote step : steps) {
      Optional<Change> genuine =
          Change.of(step)
              .toOptional()
              .filter(change -> trusted.contains(change.from()) && isSigned(step, change.from()));
      if (genuine.isPresent()) {
        NoteKey other = next.putIfAbsent(genuine.get().from(), genuine.get().to());
        if (other != null && !other.equals(genuine.get().to())) {
          return true;
        }
      }
    }
    return false;
  }

  /// How many steps lead to a key; 0 for one that no step names as the next.
  public int rank(NoteKey key) {
    int rank = 0;
    for (int i = 0; i < steps.size(); i++) {
      boolean leads =
          Change.of(steps.get(i))
              .toOptional()
              .filter(change -> change.to().equals(key))
              .isPresent();
      rank = leads ? i + 1 : rank;
    }
    return rank;
  }

  /// The keys that gave way, the latest first.
  public List<NoteKey> former() {
    return steps.reversed().stream()
        .flatMap(step -> Change.of(step).toOptional().stream())
        .map(Change::from)
        .distinct()
        .toList();
  }

  private static boolean isSigned(SignedNote step, NoteKey key) {
    return step.signatures().stream().anyMatch(line -> line.verifies(key, step.text()));
  }

  /// The file: each step's note in base64 on a line.
  public String file() {
    StringBuilder file = new StringBuilder();
    for (SignedNote step : steps) {
      file.append(StrictBase64.text(step.noteText().getBytes(StandardCharsets.UTF_8))).append('\n');
    }
    return file.toString();
  }

  /// Reads a file of at most 64 KiB.
  public static Reading<KeySuccession> parse(String file) {
    if (file.length() > LONGEST) {
      return new Reading.Unreadable<>("key succession: longer than 64 KiB");
    }
    List<SignedNote> steps = new ArrayList<>();
    for (String line : file.strip().lines().toList()) {
      Reading<SignedNote> step =
          StrictBase64.read(line)
              .then(bytes -> SignedNote.parse(new String(bytes, StandardCharsets.UTF_8)))
              .then(note -> Change.of(note).then(_ -> new Reading.Read<>(note)));
      switch (step) {
        case Reading.Read<SignedNote>(SignedNote note) -> steps.add(note);
        case Reading.Unreadable<SignedNote>(String reason) -> {
          return new Reading.Unreadable<>("key succession: " + reason);
        }
      }
    }
    return new Reading.Read<>(new KeySuccession(steps));
  }
}
