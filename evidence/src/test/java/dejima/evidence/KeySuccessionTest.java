package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

final class KeySuccessionTest {
  private static final Signer FIRST = signer(1);
  private static final Signer SECOND = signer(2);
  private static final Signer THIRD = signer(3);
  private static final KeySuccession CHAIN =
      new KeySuccession(List.of()).followedBy(FIRST, SECOND.key()).followedBy(SECOND, THIRD.key());

  private static Signer signer(long seed) {
    return Signer.ed25519(NoteSecret.generate("log.example/dejima", new Random(seed)));
  }

  @Test
  void leadsFromAnyKeyToThoseAfterIt() {
    assertThat(CHAIN.trusted(List.of(FIRST.key())))
        .containsExactly(FIRST.key(), SECOND.key(), THIRD.key());
    assertThat(CHAIN.trusted(List.of(THIRD.key()))).containsExactly(THIRD.key());
    assertThat(CHAIN.former()).containsExactly(SECOND.key(), FIRST.key());
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(KeySuccession.parse(CHAIN.file())).isEqualTo(new Reading.Read<>(CHAIN));
    assertThat(KeySuccession.parse("").orThrow().steps()).isEmpty();
  }

  @Test
  void believesNoStepThatAnotherKeySigned() {
    Signer thief = signer(4);
    SignedNote genuine = CHAIN.steps().getFirst();
    SignedNote forged = SignedNote.sign(genuine.text(), thief);
    SignedNote renamed =
        new SignedNote(
            genuine.text(),
            List.of(
                new SignedNote.Line(
                    genuine.signatures().getFirst().name(),
                    FIRST.key().id(),
                    forged.signatures().getFirst().signature())));

    assertThat(new KeySuccession(List.of(forged)).trusted(List.of(FIRST.key())))
        .containsExactly(FIRST.key());
    assertThat(new KeySuccession(List.of(renamed)).trusted(List.of(FIRST.key())))
        .containsExactly(FIRST.key());
    assertThat(CHAIN.trusted(List.of(thief.key()))).containsExactly(thief.key());
  }

  @Test
  void refusesAStepToALogOfAnotherName() {
    Signer other = Signer.ed25519(NoteSecret.generate("other.example/log", new Random(5)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeySuccession(List.of()).followedBy(FIRST, other.key()));
  }

  static Stream<byte[]> files() {
    return Stream.of(CHAIN.file().getBytes(StandardCharsets.UTF_8), new byte[] {'x'});
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = "3s")
  void readsAnyTextWithoutFailing(byte[] text) {
    KeySuccession.parse(new String(text, StandardCharsets.UTF_8));
  }
}
