package dejima.residency;

import dejima.residency.DataClassReading.Read;
import dejima.residency.DataClassReading.Unreadable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The words that name a data class in a header or a configuration.
final class DataClassWords {
  private static final int LONGEST = 256;
  private static final Map<String, DataClass> WORDS = words();

  private DataClassWords() {}

  static DataClassReading read(String text) {
    if (text.length() > LONGEST) {
      return new Unreadable("a data class has at most " + LONGEST + " characters");
    }
    DataClass joined = new DataClass(Confidentiality.C1, Set.of());
    boolean levelled = false;
    for (String part : plain(text).split("[,+]", -1)) {
      DataClass named = WORDS.get(part.strip());
      if (named == null) {
        return new Unreadable(complaint(part.strip()));
      }
      joined = joined.join(named);
      levelled |= named.markers().isEmpty();
    }
    return new Read(levelled ? joined : joined.join(DataClass.UNLABELLED));
  }

  private static Map<String, DataClass> words() {
    Map<String, DataClass> words = new HashMap<>();
    for (Confidentiality level : Confidentiality.values()) {
      DataClass named = new DataClass(level, Set.of());
      words.put(level.label(), named);
      words.put(level.labelJa(), named);
      words.put("c" + level.level(), named);
    }
    for (Marker marker : Marker.values()) {
      DataClass named = new DataClass(Confidentiality.C1, Set.of(marker));
      words.put(marker.label(), named);
      words.put(marker.labelJa(), named);
    }
    words.put("mynumber", words.get(Marker.MY_NUMBER.label()));
    words.put("マイナンバー", words.get(Marker.MY_NUMBER.label()));
    return Map.copyOf(words);
  }

  /// One form for what people type: small letters, narrow digits and signs, a comma for `、` and
  /// `・`.
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars()
        .map(c -> c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c)
        .map(c -> c == '、' || c == '・' ? ',' : c == '\u3000' ? ' ' : c)
        .forEach(c -> plain.append((char) c));
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  private static String complaint(String token) {
    StringBuilder shown = new StringBuilder();
    token
        .codePoints()
        .limit(40)
        .map(c -> Character.isLetterOrDigit(c) || " -_.".indexOf(c) >= 0 ? c : '?')
        .forEach(shown::appendCodePoint);
    return "'"
        + shown
        + "' is no data class; say confidentiality-1, confidentiality-2 or confidentiality-3, and"
        + " add personal, financial, my-number, critical-infrastructure, local-3a, local-3b or local-3c"
        + " where it applies";
  }
}
