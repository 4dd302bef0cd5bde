package dejima.residency.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.cel.Interpreter.Outcome;
import dejima.residency.cel.RuleLanguage.Reading.Understood;
import dev.cel.runtime.CelRuntime;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RuleLanguageAgreementTest {
  private static final int EXPRESSIONS = 5_000;
  private static final int FACTS_EACH = 25;

  private final RuleLanguage language = new RuleLanguage();
  private final Interpreter interpreter = new Interpreter();

  @Test
  void closuresMeanWhatTheInterpreterMeansErrorsIncluded() {
    RandomExpressions random = new RandomExpressions(new SplittableRandom(20261120));
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);

    for (int i = 0; i < EXPRESSIONS; i++) {
      String text = random.flag(1 + i % 4);
      Condition condition = understood(text);
      CelRuntime.Program program = interpreter.program(text);
      for (int j = 0; j < FACTS_EACH; j++) {
        Facts facts = random.facts();
        Outcome expected = Interpreter.outcome(program, facts);
        assertThat(Interpreter.outcome(condition, facts))
            .as("%s with %s", text, facts)
            .isEqualTo(expected);
        seen.merge(expected, 1, Integer::sum);
      }
    }

    assertThat(seen.values()).allMatch(count -> count > 1_000).hasSize(3);
  }

  private Condition understood(String text) {
    return switch (language.read(text)) {
      case Understood(Expression expression) -> expression.condition();
      case RuleLanguage.Reading.Refused(var mistakes) ->
          throw new AssertionError(text + " " + mistakes);
    };
  }
}
