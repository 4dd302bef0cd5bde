package dejima.register;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What differs between two versions, member by member.
///
/// @param changes in the order of files and members
public record RegisterDiff(List<Change> changes) {
  /// Copies the list.
  public RegisterDiff {
    changes = List.copyOf(changes);
  }

  /// One difference.
  ///
  /// @param file the path inside the register
  /// @param place the member inside the file
  /// @param before its canonical JSON, empty if it is new
  /// @param after its canonical JSON, empty if it is gone
  public record Change(String file, String place, String before, String after) {
    /// One line for people.
    public String text() {
      if (before.isEmpty()) {
        return "+ " + file + ": " + place + " = " + after;
      }
      return after.isEmpty()
          ? "- " + file + ": " + place + " = " + before
          : "~ " + file + ": " + place + " = " + before + " -> " + after;
    }
  }

  /// What differs, apart from version number and previous hash.
  public static RegisterDiff between(Register before, Register after) {
    return between(before.files(), after.files());
  }

  /// Everything in a register, as if it had been empty before.
  public static RegisterDiff from(Register first) {
    return between(new TreeMap<>(), first.files());
  }

  private static RegisterDiff between(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    List<Change> changes = new ArrayList<>();
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    paths.remove(RegisterReader.HEAD);
    for (String path : paths) {
      SortedMap<String, String> old = members(before.getOrDefault(path, "{}"));
      SortedMap<String, String> now = members(after.getOrDefault(path, "{}"));
      TreeSet<String> places = new TreeSet<>(old.keySet());
      places.addAll(now.keySet());
      for (String place : places) {
        String was = old.getOrDefault(place, "");
        String is = now.getOrDefault(place, "");
        if (!was.equals(is)) {
          changes.add(new Change(path, place, was, is));
        }
      }
    }
    return new RegisterDiff(changes);
  }

  private static SortedMap<String, String> members(String text) {
    SortedMap<String, String> members = new TreeMap<>();
    if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Reading.Read<Json>(Json json)) {
      collect("", json, members);
    }
    return members;
  }

  /// Lists are compared as wholes: the place of an item in them means nothing.
  private static void collect(String place, Json json, SortedMap<String, String> members) {
    if (json instanceof Json.Obj object) {
      object.forEach(
          (name, value) -> collect(place.isEmpty() ? name : place + "." + name, value, members));
    } else {
      members.put(place, json.canonicalText());
    }
  }
}
