package dejima.agent.builtin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dejima.agent.builtin.model.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The JSON of OpenAI's two kinds of text answer.
sealed interface AnswerForm {
  /// Beginning of an answer's id.
  String idPrefix();

  /// The field `object` of an answer, whole or streamed.
  String object(boolean streamed);

  /// The first piece of a streamed choice, if it has one before any text.
  Optional<ObjectNode> opening(int index);

  /// A piece of a streamed choice.
  ObjectNode piece(int index, String text, Optional<ObjectNode> logProbabilities);

  /// The last piece of a streamed choice.
  ObjectNode closing(int index, String finish);

  /// A choice that is not streamed.
  ObjectNode whole(int index, String text, String finish, Optional<ObjectNode> logProbabilities);

  /// What the field `logprobs` says of some tokens.
  ///
  /// @param offset characters of the answer before these tokens
  ObjectNode logProbabilities(Tokenizer tokenizer, List<Choice> choices, int offset);

  private static String text(Tokenizer tokenizer, int token) {
    return new String(tokenizer.bytes(token), StandardCharsets.UTF_8);
  }

  private static ObjectNode numbered(int index) {
    return Reply.object().put("index", index);
  }

  /// Chat completions.
  record Chat() implements AnswerForm {
    @Override
    public String idPrefix() {
      return "chatcmpl-";
    }

    @Override
    public String object(boolean streamed) {
      return streamed ? "chat.completion.chunk" : "chat.completion";
    }

    @Override
    public Optional<ObjectNode> opening(int index) {
      ObjectNode choice = numbered(index);
      choice.putObject("delta").put("role", "assistant").put("content", "").putNull("refusal");
      return Optional.of(choice.putNull("logprobs").putNull("finish_reason"));
    }

    @Override
    public ObjectNode piece(int index, String text, Optional<ObjectNode> logProbabilities) {
      ObjectNode choice = numbered(index);
      choice.putObject("delta").put("content", text);
      choice.set("logprobs", logProbabilities.orElse(null));
      return choice.putNull("finish_reason");
    }

    @Override
    public ObjectNode closing(int index, String finish) {
      ObjectNode choice = numbered(index);
      choice.putObject("delta");
      return choice.putNull("logprobs").put("finish_reason", finish);
    }

    @Override
    public ObjectNode whole(
        int index, String text, String finish, Optional<ObjectNode> logProbabilities) {
      ObjectNode choice = numbered(index);
      choice.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
      choice.set("logprobs", logProbabilities.orElse(null));
      return choice.put("finish_reason", finish);
    }

    @Override
    public ObjectNode logProbabilities(Tokenizer tokenizer, List<Choice> choices, int offset) {
      ObjectNode node = Reply.object();
      var content = node.putArray("content");
      for (Choice c : choices) {
        ObjectNode entry = content.addObject();
        put(entry, tokenizer, c.token(), c.logProbability());
        var likeliest = entry.putArray("top_logprobs");
        c.likeliest()
            .forEach(l -> put(likeliest.addObject(), tokenizer, l.token(), l.logProbability()));
      }
      return node.putNull("refusal");
    }

    private static void put(ObjectNode node, Tokenizer tokenizer, int token, float probability) {
      node.put("token", text(tokenizer, token)).put("logprob", probability);
      var bytes = node.putArray("bytes");
      for (byte b : tokenizer.bytes(token)) {
        bytes.add(b & 0xff);
      }
    }
  }

  /// Plain completions.
  record Completion() implements AnswerForm {
    @Override
    public String idPrefix() {
      return "cmpl-";
    }

    @Override
    public String object(boolean streamed) {
      return "text_completion";
    }

    @Override
    public Optional<ObjectNode> opening(int index) {
      return Optional.empty();
    }

    @Override
    public ObjectNode piece(int index, String text, Optional<ObjectNode> logProbabilities) {
      ObjectNode choice = numbered(index).put("text", text);
      choice.set("logprobs", logProbabilities.orElse(null));
      return choice.putNull("finish_reason");
    }

    @Override
    public ObjectNode closing(int index, String finish) {
      return piece(index, "", Optional.empty()).put("finish_reason", finish);
    }

    @Override
    public ObjectNode whole(
        int index, String text, String finish, Optional<ObjectNode> logProbabilities) {
      return piece(index, text, logProbabilities).put("finish_reason", finish);
    }

    @Override
    public ObjectNode logProbabilities(Tokenizer tokenizer, List<Choice> choices, int offset) {
      ObjectNode node = Reply.object();
      var tokens = node.putArray("tokens");
      var probabilities = node.putArray("token_logprobs");
      var likeliest = node.putArray("top_logprobs");
      var offsets = node.putArray("text_offset");
      int at = offset;
      for (Choice c : choices) {
        String text = text(tokenizer, c.token());
        tokens.add(text);
        probabilities.add(c.logProbability());
        ObjectNode best = likeliest.addObject();
        c.likeliest().forEach(l -> best.put(text(tokenizer, l.token()), l.logProbability()));
        offsets.add(at);
        at += text.length();
      }
      return node;
    }
  }
}
