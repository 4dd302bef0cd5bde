package dejima.agent.builtin;

import dejima.agent.builtin.model.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/// Lays a conversation out as the model was trained to read it.
final class ChatPrompt {
  private final Tokenizer tokenizer;
  private final int begin;
  private final int end;
  private final int user;
  private final int assistant;

  ChatPrompt(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.begin = tokenizer.control("<s>");
    this.end = tokenizer.control("</s>");
    this.user = tokenizer.control("<|user|>");
    this.assistant = tokenizer.control("<|assistant|>");
  }

  /// The conversation, ready for the assistant's next words.
  int[] tokens(List<Question.Turn> turns) {
    var tokens = IntStream.builder().add(begin);
    for (Question.Turn turn : turns) {
      tokens.add(turn.byUser() ? user : assistant);
      for (int token : tokenizer.encode(turn.text())) {
        tokens.add(token);
      }
      if (!turn.byUser()) {
        tokens.add(end);
      }
    }
    return tokens.add(assistant).build().toArray();
  }

  /// A text by itself.
  int[] plain(String text) {
    return IntStream.concat(IntStream.of(begin), IntStream.of(tokenizer.encode(text))).toArray();
  }
}
