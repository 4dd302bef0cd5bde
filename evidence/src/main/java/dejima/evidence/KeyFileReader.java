package dejima.evidence;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads C2SP tlog-policy files line by line; used once.
final class KeyFileReader {
  /// Space and tab alone are white space; every other octet may be part of a name.
  private static final Pattern OUTER_SPACE = Pattern.compile("^ +| +$");

  private final List<NoteKey> logs = new ArrayList<>();
  private final List<NoteKey> witnesses = new ArrayList<>();
  private final Map<NoteKey, URI> addresses = new HashMap<>();
  private final Map<String, Quorum> names = new HashMap<>();
  private final Set<String> grouped = new HashSet<>();
  private Optional<Quorum> quorum = Optional.empty();

  Reading<VerificationKeys> read(String file) {
    var bare = NoteKey.parse(file.strip());
    if (bare instanceof Reading.Read<NoteKey>(NoteKey log) && log.type() == SignatureType.ED25519) {
      return new Reading.Read<>(VerificationKeys.ofLog(log));
    }
    int number = 0;
    try {
      for (String line : file.split("\n", -1)) {
        number++;
        line(line);
      }
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable<>("key file, line " + number + ": " + e.getMessage());
    }
    return quorum
        .<Reading<VerificationKeys>>map(
            q -> new Reading.Read<>(new VerificationKeys(logs, witnesses, q, addresses)))
        .orElse(new Reading.Unreadable<>("key file: no quorum line"));
  }

  private void line(String line) {
    if (line.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw new IllegalArgumentException("control character");
    }
    String text = OUTER_SPACE.matcher(line.replace('\t', ' ')).replaceAll("");
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    var items = List.of(text.split(" +"));
    switch (items.getFirst()) {
      case "log" -> log(items);
      case "witness" -> witness(items);
      case "group" -> group(items);
      case "quorum" -> quorum(items);
      default -> throw new IllegalArgumentException("log, witness, group or quorum expected");
    }
  }

  private void log(List<String> items) {
    requireSize(items, 2, 3);
    var key = key(items.get(1), false);
    logs.add(key);
    address(key, items, 2);
  }

  private void witness(List<String> items) {
    requireSize(items, 3, 4);
    var key = key(items.get(2), true);
    witnesses.add(key);
    address(key, items, 3);
    define(items.get(1), new Quorum.Witness(key));
  }

  private void address(NoteKey key, List<String> items, int at) {
    if (items.size() > at) {
      addresses.put(key, URI.create(items.get(at)));
    }
  }

  private NoteKey key(String vkey, boolean cosigns) {
    var key = NoteKey.parse(vkey).orThrow();
    if (key.type().cosigns() != cosigns) {
      throw new IllegalArgumentException("a key of the wrong kind");
    }
    var known = cosigns ? witnesses : logs;
    if (known.stream().anyMatch(other -> Arrays.equals(other.bytes(), key.bytes()))) {
      throw new IllegalArgumentException("a key for the second time");
    }
    return key;
  }

  private void group(List<String> items) {
    requireSize(items, 4, Integer.MAX_VALUE);
    var members = items.subList(3, items.size());
    for (String member : members) {
      if (!grouped.add(member)) {
        throw new IllegalArgumentException("a member for the second time");
      }
    }
    int threshold =
        switch (items.get(2)) {
          case "any" -> 1;
          case "all" -> members.size();
          default -> number(items.get(2));
        };
    define(items.get(1), new Quorum.Group(threshold, members.stream().map(this::named).toList()));
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("any, all or a number expected");
    }
    return Integer.parseInt(text);
  }

  private void quorum(List<String> items) {
    requireSize(items, 2, 2);
    if (quorum.isPresent()) {
      throw new IllegalArgumentException("quorum for the second time");
    }
    String name = items.get(1);
    quorum = Optional.of(name.equals("none") ? new Quorum.None() : named(name));
  }

  private Quorum named(String name) {
    return Optional.ofNullable(names.get(name))
        .orElseThrow(() -> new IllegalArgumentException("a name that no line above defines"));
  }

  private void define(String name, Quorum what) {
    if (name.equals("none") || names.putIfAbsent(name, what) != null) {
      throw new IllegalArgumentException("a name for the second time");
    }
  }

  private static void requireSize(List<String> items, int least, int most) {
    if (items.size() < least || items.size() > most) {
      throw new IllegalArgumentException("wrong number of items");
    }
  }
}
