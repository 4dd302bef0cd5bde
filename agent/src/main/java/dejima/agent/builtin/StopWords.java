package dejima.agent.builtin;

import java.util.List;

/// Lets a text through up to the first of some words, keeping back what may be the beginning of
/// one.
final class StopWords {
  private final List<String> words;
  private final StringBuilder kept = new StringBuilder();
  private boolean found;

  StopWords(List<String> words) {
    this.words = List.copyOf(words);
  }

  /// Whether one of the words has come; nothing passes afterwards.
  boolean found() {
    return found;
  }

  /// What may be shown now that this much more is known.
  String append(String text) {
    if (found) {
      return "";
    }
    kept.append(text);
    int at = earliest();
    if (at >= 0) {
      found = true;
      return take(at);
    }
    return take(kept.length() - beginning());
  }

  /// What was kept back, when nothing more comes.
  String end() {
    return found ? "" : take(kept.length());
  }

  private int earliest() {
    return words.stream().mapToInt(kept::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /// Length of the longest end of the text that one of the words begins with.
  private int beginning() {
    int longest = 0;
    for (String word : words) {
      for (int n = Math.min(word.length() - 1, kept.length()); n > longest; n--) {
        if (word.startsWith(kept.substring(kept.length() - n))) {
          longest = n;
        }
      }
    }
    return longest;
  }

  private String take(int length) {
    String taken = kept.substring(0, length);
    kept.delete(0, length);
    return taken;
  }
}
