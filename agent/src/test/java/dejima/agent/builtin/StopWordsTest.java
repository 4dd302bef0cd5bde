package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class StopWordsTest {
  @Property
  void showsExactlyWhatComesBeforeTheFirstStopWord(
      @ForAll @Size(max = 12)
          List<@StringLength(max = 3) @CharRange(from = 'a', to = 'c') String> pieces,
      @ForAll @Size(max = 3)
          List<@NotEmpty @StringLength(max = 3) @CharRange(from = 'a', to = 'c') String> words) {
    var stops = new StopWords(words);
    var shown = new StringBuilder();
    var known = new StringBuilder();

    for (String piece : pieces) {
      known.append(piece);
      shown.append(stops.append(piece));
      if (stops.found()) {
        break;
      }
    }
    shown.append(stops.end());

    String all = known.toString();
    int end =
        words.stream().mapToInt(all::indexOf).filter(at -> at >= 0).min().orElse(all.length());
    assertThat(shown.toString()).isEqualTo(all.substring(0, end));
    assertThat(stops.found()).isEqualTo(words.stream().anyMatch(all::contains));
  }
}
