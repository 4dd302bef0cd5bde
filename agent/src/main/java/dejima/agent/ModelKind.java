package dejima.agent;

/// What can be asked of a model.
public enum ModelKind {
  /// A conversation.
  CHAT("chat"),
  /// The continuation of a text.
  COMPLETION("completion"),
  /// A vector for a text.
  EMBEDDING("embedding");

  private final String word;

  ModelKind(String word) {
    this.word = word;
  }

  /// The word for it in an agent's status.
  public String word() {
    return word;
  }
}
