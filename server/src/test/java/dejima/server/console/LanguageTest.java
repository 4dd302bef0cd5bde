package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ja,en;q=0.8          | JA",
        "en-US,en;q=0.9,ja;q=0.8 | EN",
        "ja;q=0.1,en-GB;q=0.2 | EN",
        "fr,de                | JA",
        "fr,en;q=0.3          | EN",
        "*                    | JA",
        ";;q=x,,              | JA",
      })
  void takesTheLanguageThatTheBrowserLikesBest(String header, Language expected) {
    assertThat(Language.accepted(header)).isEqualTo(expected);
  }
}
