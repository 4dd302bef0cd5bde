package dejima.agent.builtin;

import dejima.agent.builtin.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/// Follows one sequence and shows its text as it becomes certain: whole characters, before any stop
/// word, past the gate.
final class Continuation {
  /// Gets the text, piece by piece, with the choices that made it.
  interface Receiver {
    void text(String text, List<Choice> choices);
  }

  private final Sequence sequence;
  private final Tokenizer tokenizer;
  private final ConfidenceGate gate;
  private final Receiver receiver;
  private final Utf8Text characters = new Utf8Text();
  private final StopWords stops;
  private final StringBuilder ready = new StringBuilder();
  private final List<Choice> choices = new ArrayList<>();
  private final int end;
  private int produced;
  private int shown;

  Continuation(
      Sequence sequence,
      Tokenizer tokenizer,
      List<String> stops,
      ConfidenceGate gate,
      Receiver receiver) {
    this.sequence = sequence;
    this.tokenizer = tokenizer;
    this.stops = new StopWords(stops);
    this.gate = gate;
    this.receiver = receiver;
    this.end = tokenizer.control("</s>");
  }

  /// Follows the sequence to its end.
  Outcome follow() throws InterruptedException {
    while (true) {
      switch (sequence.next()) {
        case Progress.Chosen(Choice choice) -> {
          produced++;
          if (!gate.passes(choice)) {
            sequence.cancel();
            return new Outcome.Unsure(shown);
          }
          take(choice);
          if (stops.found()) {
            sequence.cancel();
            show();
            return new Outcome.Complete("stop", produced);
          }
        }
        case Progress.Finished() -> {
          return complete("stop");
        }
        case Progress.OutOfRoom() -> {
          return complete("length");
        }
        case Progress.Cancelled() -> {
          return new Outcome.Cancelled();
        }
        case Progress.Broken(String reason) -> {
          return new Outcome.Broken(reason);
        }
        case Progress.Pooled p -> {
          return new Outcome.Broken("a vector where a text was due");
        }
      }
    }
  }

  private void take(Choice choice) {
    if (choice.token() == end) {
      return;
    }
    choices.add(choice);
    ready.append(stops.append(characters.append(tokenizer.bytes(choice.token()))));
    if (produced >= gate.heldBack()) {
      show();
    }
  }

  private Outcome complete(String finish) {
    ready.append(stops.end());
    show();
    return new Outcome.Complete(finish, produced);
  }

  private void show() {
    if (!ready.isEmpty()) {
      receiver.text(ready.toString(), List.copyOf(choices));
      ready.setLength(0);
      choices.clear();
      shown = produced;
    }
  }
}
