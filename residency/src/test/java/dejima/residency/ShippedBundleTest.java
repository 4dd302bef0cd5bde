package dejima.residency;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedBundleTest {

  static Stream<PolicyBundle> shipped() {
    return Stream.of(PolicyBundle.baseline(), PolicyBundle.demo());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void readsTheSameFromJarAndDirectory(PolicyBundle bundle) throws URISyntaxException {
    PolicyBundle plain = Bundles.loaded(PolicyBundle.load(directory(bundle.id())));

    assertThat(plain.files()).isEqualTo(bundle.files());
    assertThat(plain.hash()).isEqualTo(bundle.hash());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void decidesAgainWithoutReadingItsTheorems(PolicyBundle bundle) {
    PolicyBundle again = Bundles.loaded(PolicyBundle.toReplay(bundle.files()));

    assertThat(again.hash()).isEqualTo(bundle.hash());
    assertThat(again.theoremsHash()).isEqualTo(bundle.theoremsHash());
    assertThat(again.rules()).isEqualTo(bundle.rules());
    assertThat(again.theorems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void saysOfEveryRuleWhoReviewedIt(PolicyBundle bundle) {
    assertThat(bundle.rules()).extracting(Rule::reviewed).containsOnly("to be checked by counsel");
    assertThat(bundle.rules()).extracting(Rule::remedyJa).allMatch(text -> text.length() > 5);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void namesEachFileAfterItsRule(PolicyBundle bundle) throws URISyntaxException {
    for (Rule rule : bundle.rules()) {
      assertThat(bundle.files().keySet())
          .anyMatch(path -> path.matches("rules/\\d{3}-" + rule.id() + "\\.cel"));
    }
    assertThat(Files.exists(directory(bundle.id()))).isTrue();
  }

  private static Path directory(String id) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ShippedBundle.class.getResource("bundles/" + id)).toURI());
  }
}
