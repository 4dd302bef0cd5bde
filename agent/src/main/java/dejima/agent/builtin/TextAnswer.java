package dejima.agent.builtin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dejima.agent.builtin.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns the sequences of one request into one answer, whole or streamed.
///
/// @param form chat or completion
/// @param head the fields that every piece of the answer carries
/// @param excuse what to say when the gate closes
/// @param echoes text that each choice begins with, one for each sequence
record TextAnswer(
    AnswerForm form,
    Question.Manner manner,
    ObjectNode head,
    Tokenizer tokenizer,
    ConfidenceGate gate,
    Excuse excuse,
    List<String> echoes,
    List<Sequence> sequences,
    Reply reply) {

  /// Follows the sequences to their ends and answers.
  void send() throws InterruptedException {
    if (manner.stream()) {
      reply.beginEvents();
    }
    int produced = 0;
    List<ObjectNode> parts = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      var part = new Part(i);
      switch (part.follow()) {
        case Outcome.Complete(String finish, int tokens) -> {
          produced += tokens;
          parts.add(part.close(finish));
        }
        case Outcome.Unsure(int shown) -> {
          produced += shown + part.excuse(shown);
          parts.add(part.close("stop"));
        }
        case Outcome.Cancelled() -> {
          reply.broken("cancelled");
          return;
        }
        case Outcome.Broken(String reason) -> {
          reply.broken(reason);
          return;
        }
      }
    }
    end(parts, produced);
  }

  private void end(List<ObjectNode> parts, int produced) {
    int asked = sequences.stream().mapToInt(s -> s.prompt().length).sum();
    ObjectNode usage = Usage.of(asked, produced);
    if (!manner.stream()) {
      reply.whole(200, answer(parts).set("usage", usage));
      return;
    }
    if (manner.includeUsage()) {
      reply.event(answer(List.of()).set("usage", usage));
    }
    reply.endEvents();
  }

  private ObjectNode answer(List<ObjectNode> choices) {
    ObjectNode answer = head.deepCopy();
    ArrayNode array = answer.putArray("choices");
    choices.forEach(array::add);
    return answer;
  }

  /// One choice of the answer.
  private final class Part {
    private final int index;
    private final StringBuilder text = new StringBuilder();
    private final List<Choice> told = new ArrayList<>();

    Part(int index) {
      this.index = index;
    }

    Outcome follow() throws InterruptedException {
      if (manner.stream()) {
        form.opening(index).ifPresent(this::event);
      }
      if (!echoes.get(index).isEmpty()) {
        show(echoes.get(index), List.of());
      }
      return new Continuation(sequences.get(index), tokenizer, manner.stops(), gate, this::show)
          .follow();
    }

    private void show(String more, List<Choice> choices) {
      if (manner.stream()) {
        event(form.piece(index, more, logProbabilities(choices, text.length())));
      }
      text.append(more);
      told.addAll(choices);
    }

    /// Says the excuse and returns its length in tokens.
    int excuse(int shown) {
      String words = shown == 0 ? excuse.whole() : excuse.breakingOff();
      show(words, List.of());
      return tokenizer.encode(words).length;
    }

    ObjectNode close(String finish) {
      if (manner.stream()) {
        ObjectNode closing = form.closing(index, finish);
        event(closing);
        return closing;
      }
      int before = echoes.get(index).length();
      return form.whole(index, text.toString(), finish, logProbabilities(told, before));
    }

    private Optional<ObjectNode> logProbabilities(List<Choice> choices, int offset) {
      return manner.logProbabilities()
          ? Optional.of(form.logProbabilities(tokenizer, choices, offset))
          : Optional.empty();
    }

    private void event(ObjectNode choice) {
      ObjectNode event = answer(List.of(choice));
      if (manner.includeUsage()) {
        event.putNull("usage");
      }
      reply.event(event);
    }
  }
}
