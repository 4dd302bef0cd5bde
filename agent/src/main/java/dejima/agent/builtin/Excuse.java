package dejima.agent.builtin;

/// What is said in place of an answer that the model is not sure of, in the question's language.
enum Excuse {
  JAPANESE(
      "申し訳ありません。私はDejimaの自己診断用の小さなモデルなので、そのご質問には確かなお答えができません。" + "Dejimaやデータの所在についてお尋ねください。",
      "……申し訳ありません。この先は確かではないので、ここで止めます。"),
  ENGLISH(
      "I am sorry. I am only Dejima's small self-test model and have no reliable answer to that. "
          + "Please ask me about Dejima or about where data is processed.",
      " … I am sorry, I am not sure how this goes on, so I stop here.");

  private final String whole;
  private final String breakingOff;

  Excuse(String whole, String breakingOff) {
    this.whole = whole;
    this.breakingOff = breakingOff;
  }

  static Excuse toQuestion(String question) {
    return question.codePoints().anyMatch(Excuse::isJapanese) ? JAPANESE : ENGLISH;
  }

  private static boolean isJapanese(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HIRAGANA, KATAKANA, HAN -> true;
      default -> false;
    };
  }

  /// In place of an answer.
  String whole() {
    return whole;
  }

  /// After the beginning of one.
  String breakingOff() {
    return breakingOff;
  }
}
