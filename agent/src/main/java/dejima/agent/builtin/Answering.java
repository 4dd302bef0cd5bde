package dejima.agent.builtin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dejima.agent.EngineRequest;
import dejima.agent.builtin.model.LanguageModel;
import dejima.agent.builtin.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// From a request's bytes to its answer.
final class Answering {
  private static final int HELD_BACK = 12;

  private final LanguageModel model;
  private final EngineLoop loop;
  private final BuiltinSettings settings;
  private final RequestReader reader;
  private final ChatPrompt chatPrompt;
  private final ConfidenceGate gate;

  Answering(LanguageModel model, EngineLoop loop, BuiltinSettings settings) {
    this.model = model;
    this.loop = loop;
    this.settings = settings;
    this.gate = new ConfidenceGate(model.leastConfidence(), HELD_BACK);
    this.chatPrompt = new ChatPrompt(model.tokenizer());
    this.reader =
        new RequestReader(
            model.name(),
            model.contextLength(),
            model.tokenizer().size(),
            model.width(),
            settings.random()::nextLong);
  }

  /// Answers, after telling which sequences work on it.
  void answer(EngineRequest request, Reply reply, Consumer<List<Sequence>> started)
      throws InterruptedException {
    switch (reader.read(request)) {
      case Reading.Refused(ApiError error) -> reply.error(error);
      case Reading.Understood(Question.Chat chat) -> chat(chat, reply, started);
      case Reading.Understood(Question.Completion completion) ->
          completion(completion, reply, started);
      case Reading.Understood(Question.Embedding embedding) -> embedding(embedding, reply, started);
    }
  }

  private void chat(Question.Chat chat, Reply reply, Consumer<List<Sequence>> started)
      throws InterruptedException {
    List<int[]> prompts = List.of(chatPrompt.tokens(chat.turns()));
    if (!fits(prompts, 1, "messages", reply)) {
      return;
    }
    List<Sequence> sequences = continuations(prompts, chat.manner());
    Excuse excuse = Excuse.toQuestion(chat.lastQuestion());
    if (accepted(sequences, reply, started)) {
      text(new AnswerForm.Chat(), chat.manner(), gate, excuse, List.of(""), sequences, reply);
    }
  }

  private void completion(
      Question.Completion completion, Reply reply, Consumer<List<Sequence>> started)
      throws InterruptedException {
    List<int[]> prompts = tokens(completion.prompts());
    if (!fits(prompts, 1, "prompt", reply)) {
      return;
    }
    Tokenizer tokenizer = model.tokenizer();
    List<String> echoes =
        prompts.stream().map(p -> completion.echo() ? tokenizer.decode(p) : "").toList();
    List<Sequence> sequences = continuations(prompts, completion.manner());
    if (accepted(sequences, reply, started)) {
      var form = new AnswerForm.Completion();
      text(
          form, completion.manner(), ConfidenceGate.OPEN, Excuse.ENGLISH, echoes, sequences, reply);
    }
  }

  private void embedding(
      Question.Embedding embedding, Reply reply, Consumer<List<Sequence>> started)
      throws InterruptedException {
    List<int[]> inputs = tokens(embedding.inputs());
    if (!fits(inputs, 0, "input", reply)) {
      return;
    }
    List<Sequence> sequences = inputs.stream().map(Sequence::toPool).toList();
    if (accepted(sequences, reply, started)) {
      new VectorAnswer(embedding, model.name(), sequences, reply).send();
    }
  }

  private void text(
      AnswerForm form,
      Question.Manner manner,
      ConfidenceGate gate,
      Excuse excuse,
      List<String> echoes,
      List<Sequence> sequences,
      Reply reply)
      throws InterruptedException {
    new TextAnswer(
            form,
            manner,
            head(form, manner.stream()),
            model.tokenizer(),
            gate,
            excuse,
            echoes,
            sequences,
            reply)
        .send();
  }

  private ObjectNode head(AnswerForm form, boolean streamed) {
    String id = Long.toHexString(settings.random().nextLong() | Long.MIN_VALUE);
    return Reply.object()
        .put("id", form.idPrefix() + id)
        .put("object", form.object(streamed))
        .put("created", settings.clock().instant().getEpochSecond())
        .put("model", model.name())
        .put("system_fingerprint", "fp_" + model.digest().substring(0, 12));
  }

  private List<int[]> tokens(List<Question.Prompt> prompts) {
    List<int[]> tokens = new ArrayList<>();
    for (Question.Prompt prompt : prompts) {
      tokens.add(
          switch (prompt) {
            case Question.Prompt.Text(String text) -> chatPrompt.plain(text);
            case Question.Prompt.Tokens(List<Integer> ids) ->
                ids.stream().mapToInt(Integer::intValue).toArray();
          });
    }
    return tokens;
  }

  private List<Sequence> continuations(List<int[]> prompts, Question.Manner manner) {
    return prompts.stream()
        .map(p -> {
          int most = Math.min(manner.mostTokens(), model.contextLength() - p.length);
          return Sequence.toContinue(p, most, manner.sampling());
        })
        .toList();
  }

  private boolean fits(List<int[]> prompts, int answer, String param, Reply reply) {
    int longest = prompts.stream().mapToInt(p -> p.length).max().orElse(0);
    if (longest + answer <= model.contextLength()) {
      return true;
    }
    reply.error(
        ApiError.invalid(
            "This model's context is "
                + model.contextLength()
                + " tokens; the text has "
                + longest
                + ". Shorten it.",
            param,
            "context_length_exceeded"));
    return false;
  }

  private boolean accepted(
      List<Sequence> sequences, Reply reply, Consumer<List<Sequence>> started) {
    if (!loop.accept(sequences)) {
      reply.error(ApiError.overloaded());
      return false;
    }
    started.accept(sequences);
    return true;
  }
}
