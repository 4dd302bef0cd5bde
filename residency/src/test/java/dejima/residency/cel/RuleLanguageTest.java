package dejima.residency.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.cel.RuleLanguage.Reading;
import dejima.residency.cel.RuleLanguage.Reading.Refused;
import dejima.residency.cel.RuleLanguage.Reading.Understood;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLanguageTest {
  private static final RuleLanguage LANGUAGE = new RuleLanguage();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "request.persnal | 1 | 1 | has no field 'persnal'",
        "true && destination.land == 'JP' | 1 | 9 | has no field 'land'",
        "country == 'JP' | 1 | 1 | 'country' is not declared",
        "request == 1 | 1 | 1 | 'request' is not declared",
        "request.personal.deeper | 1 | 17 | only request.… and destination.… have fields",
        "request.tenant.matches('a*') | 1 | 23 | 'matches' is not part of the rule language",
        "size(request.tenant) > 1 | 1 | 5 | 'size' is not part of the rule language",
        "has(request.tenant) | 1 | 4 | 'has' is not part of the rule language",
        "[1, 2].all(x, x > 1) | 1 | 11 | 'all' is not part of the rule language",
        "destination.evidence > 1.5 | 1 | 24 | only bool, int and string values",
        "destination.evidence > 1u | 1 | 24 | only bool, int and string values",
        "request.tenant == null | 1 | 19 | only bool, int and string values",
        "{'a': 1} == {'a': 1} | 1 | 1 | maps and messages are not part",
        "[1] == [1] | 1 | 1 | a list may stand only to the right of 'in'",
        "1 in [] | 1 | 6 | nothing is in an empty list",
        "1 in [1, 'a'] | 1 | 6 | the values of a list have one type",
        "'a' in request.tenant | 1 | 15 | 'in' takes a list written out",
        "destination.evidence | 1 | 12 | this one gives int",
        "'JP' | 1 | 1 | this one gives string",
        "destination.evidence == 'E1' | 1 | 22 | no matching overload",
        "destination.evidence >= | 1 | 24 | mismatched input",
      })
  void refusesWithAPosition(String text, int line, int column, String message) {
    Reading reading = LANGUAGE.read(text);

    assertThat(reading).isInstanceOf(Refused.class);
    List<Mistake> mistakes = ((Refused) reading).mistakes();
    assertThat(mistakes)
        .anySatisfy(mistake -> {
          assertThat(mistake.message()).contains(message);
          assertThat(List.of(mistake.line(), mistake.column())).isEqualTo(List.of(line, column));
        });
  }

  @Test
  void reportsEveryMistakeOfAText() {
    Reading reading = LANGUAGE.read("request.a\n  && destination.b\n  && 1.5 > 1.0");

    assertThat(((Refused) reading).mistakes())
        .extracting(Mistake::line)
        .containsExactly(1, 2, 3, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!", "-", "true ? ", "[", "1 + "})
  void refusesWhatWouldExhaustTheStack(String piece) {
    Reading reading = LANGUAGE.read(piece.repeat(4_000) + "true");

    assertThat(reading).isInstanceOf(Refused.class);
  }

  @Test
  void readsCommentsAnywhere() {
    Reading reading = LANGUAGE.read("// why\nrequest.personal // because\n  || true");

    assertThat(reading).isInstanceOf(Understood.class);
  }
}
