package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.builtin.model.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingTest {
  private static final List<String> QUESTIONS =
      List.of("出島とは何ですか。", "What is a receipt?", "機密性3とは", "Hello", "なぜ空は青いの", "E0とは何ですか。");

  private final LanguageModel model = TestEngines.model();
  private final EngineLoop loop = new EngineLoop(model, 5, 100);
  private final ChatPrompt prompts = new ChatPrompt(model.tokenizer());

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void anAnswerIsTheSameToTheLastBitAloneAndAmongOthers() throws Exception {
    List<List<Choice>> alone = new ArrayList<>();
    for (String question : QUESTIONS) {
      Sequence sequence = sequence(question);
      loop.accept(List.of(sequence));
      alone.add(follow(sequence));
    }

    List<Sequence> together = QUESTIONS.stream().map(this::sequence).toList();
    loop.accept(together);

    for (int i = 0; i < QUESTIONS.size(); i++) {
      assertThat(follow(together.get(i))).isEqualTo(alone.get(i));
    }
  }

  @Test
  void aPromptLongerThanAStepIsTheSameInPieces() throws Exception {
    String longQuestion = "受け取った領収書をオフラインで検証する方法と証拠の水準の意味".repeat(9);
    Sequence first = sequence(longQuestion);
    Sequence second = sequence(longQuestion);
    assertThat(first.prompt().length).isGreaterThan(128);

    loop.accept(List.of(first));
    List<Choice> alone = follow(first);
    loop.accept(List.of(sequence("Hello"), second, sequence("E0とは何ですか。")));

    assertThat(follow(second)).isEqualTo(alone);
  }

  private Sequence sequence(String question) {
    int[] prompt = prompts.tokens(List.of(new Question.Turn(true, question)));
    return Sequence.toContinue(prompt, 60, new Sampling(0.8, 0.95, 11, 3));
  }

  private static List<Choice> follow(Sequence sequence) throws InterruptedException {
    List<Choice> choices = new ArrayList<>();
    while (sequence.next() instanceof Progress.Chosen(Choice choice)) {
      choices.add(choice);
    }
    return choices;
  }
}
