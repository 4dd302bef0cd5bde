package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteDeclarationTest {
  private static final SiteDeclaration SAID =
      new SiteDeclaration("s1", "例 K.K.", "JP", "domestic", "", 1_763_600_000_000L);

  @Test
  void comesBackAsItWasWritten() {
    assertThat(SiteDeclaration.of(Json.read(SAID.canonicalBytes()).orThrow()).orThrow())
        .isEqualTo(SAID);
  }

  @Test
  void holdsOnlyUnderItsOwnKeyAndForItsOwnWords() {
    KeyPair site = Specimen.siteKey();
    byte[] signature = EcdsaP256.sign(site.getPrivate(), SAID.canonicalBytes());

    assertThat(SAID.verify(site.getPublic(), signature)).isTrue();
    assertThat(SAID.verify(Specimen.siteKey().getPublic(), signature)).isFalse();
    assertThat(
            new SiteDeclaration("s1", "例 K.K.", "JP", "foreign", "", SAID.issued())
                .verify(site.getPublic(), signature))
        .isFalse();
    assertThat(SAID.verify(site.getPublic(), new byte[] {1, 2, 3})).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"v\":1,\"site\":\"s\",\"operator\":\"o\",\"country\":\"JP\",\"control\":\"domestic\",\"issued\":1}",
        "{\"v\":2,\"site\":\"s\",\"operator\":\"o\",\"country\":\"JP\",\"control\":\"domestic\",\"sku\":\"\",\"issued\":1}",
        "{\"v\":1,\"site\":\"s\",\"operator\":\"o\",\"country\":\"JP\",\"control\":\"domestic\",\"sku\":\"\",\"issued\":-1}",
        "{\"v\":1,\"site\":\"s\",\"operator\":\"o\",\"country\":\"JP\",\"control\":\"domestic\",\"sku\":7,\"issued\":1}",
        "{\"v\":1,\"site\":\"s\",\"operator\":\"o\",\"country\":\"JP\",\"control\":\"domestic\",\"more\":\"\",\"issued\":1}"
      })
  void refusesWhatIsNotExactlyADeclaration(String json) {
    Json read = Json.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)).orThrow();

    assertThat(SiteDeclaration.of(read)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void refusesATextThatWouldFillAnEntry() {
    SiteDeclaration wordy =
        new SiteDeclaration("s1", "K".repeat(257), "JP", "domestic", "", SAID.issued());

    assertThat(SiteDeclaration.of(wordy.json())).isInstanceOf(Reading.Unreadable.class);
  }
}
