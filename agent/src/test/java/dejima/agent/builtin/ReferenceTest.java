package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dejima.agent.builtin.model.LanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Holds the engine to what PyTorch answered; `reference.jsonl` is written by
/// `agent/training/measure.py`.
class ReferenceTest {
  private final LanguageModel model = TestEngines.model();
  private final EngineLoop loop = new EngineLoop(model, 16, 1000);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tokenizesAndAnswersAsPyTorchDoes() throws Exception {
    List<JsonNode> records = records();
    var prompts = new ChatPrompt(model.tokenizer());

    List<Sequence> sequences = new ArrayList<>();
    for (JsonNode record : records) {
      int[] prompt =
          prompts.tokens(List.of(new Question.Turn(true, record.get("question").asText())));
      assertThat(prompt).isEqualTo(ints(record.get("prompt")));
      sequences.add(Sequence.toContinue(prompt, 120, Sampling.GREEDY));
    }
    assertThat(loop.accept(sequences)).isTrue();

    assertThat(records).hasSizeGreaterThanOrEqualTo(100);
    for (int i = 0; i < records.size(); i++) {
      List<Choice> choices = follow(sequences.get(i));
      assertThat(choices.stream().mapToInt(Choice::token).toArray())
          .isEqualTo(ints(records.get(i).get("answer")));
      double least = choices.stream().mapToDouble(Choice::logProbability).min().orElseThrow();
      assertThat(least).isCloseTo(records.get(i).get("least").asDouble(), within(0.002));
    }
  }

  private static List<Choice> follow(Sequence sequence) throws InterruptedException {
    List<Choice> choices = new ArrayList<>();
    while (sequence.next() instanceof Progress.Chosen(Choice choice)) {
      choices.add(choice);
    }
    return choices;
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }

  static List<JsonNode> records() throws IOException {
    try (InputStream in = ReferenceTest.class.getResourceAsStream("reference.jsonl");
        var values =
            JsonMapper.builder().build().readerFor(JsonNode.class).<JsonNode>readValues(in)) {
      Iterable<JsonNode> all = () -> values;
      return StreamSupport.stream(all.spliterator(), false).toList();
    }
  }
}
