package dejima.residency;

import java.util.Locale;

/// Which kind of inference a request asks for.
public enum RequestKind {
  /// A turn of a conversation.
  CHAT,
  /// The continuation of a text.
  COMPLETION,
  /// Vectors for texts.
  EMBEDDING;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word in rules and receipts: `chat`, `completion` or `embedding`.
  public String word() {
    return word;
  }
}
