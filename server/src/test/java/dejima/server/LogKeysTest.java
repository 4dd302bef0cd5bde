package dejima.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogKeysTest {
  private static final String ORIGIN = "example.jp/log";

  @TempDir private Path home;

  /// Runs a log for a moment, as the server would, and gives the checkpoint that it leaves.
  private SignedNote run() {
    try (DataDirectory data = DataDirectory.open(home)) {
      Signer signer = Signer.ed25519(data.keys().current(ORIGIN, new Random(1)));
      LogSettings settings =
          LogSettings.of(signer, Specimen.CLOCK).withRetiring(data.keys().retiring());
      EvidenceLog.inDirectory(data.log(), settings).close();
      return SignedNote.parse(Files.readString(data.publicLog().resolve("checkpoint"))).orThrow();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private NoteKey current() {
    try (DataDirectory data = DataDirectory.open(home)) {
      return data.keys().current(ORIGIN, new Random(1)).key();
    }
  }

  private static boolean believes(NoteKey key, SignedNote note) {
    return VerificationKeys.ofLog(key).signedByLog(note) instanceof Reading.Read<?>;
  }

  @Test
  void letsReadersOfTheOldKeyAndOfTheNewOneGoOn() {
    NoteKey old = current();
    run();

    NoteKey next = LogKeys.rotate(home, new Random(2));
    SignedNote between = run();

    assertThat(next).isEqualTo(current()).isNotEqualTo(old);
    assertThat(between.signatures()).hasSize(2);
    assertThat(believes(old, between)).isTrue();
    assertThat(believes(next, between)).isTrue();

    LogKeys.retire(home);
    SignedNote after = run();
    assertThat(after.signatures()).hasSize(1);
    assertThat(believes(next, after)).isTrue();
    assertThat(home.resolve("evidence.key.retiring")).doesNotExist();
  }

  @Test
  void leadsFromAnOldKeyToEveryLaterOne() {
    NoteKey first = current();
    run();
    NoteKey second = LogKeys.rotate(home, new Random(2));
    run();
    LogKeys.retire(home);
    NoteKey third = LogKeys.rotate(home, new Random(3));

    try (DataDirectory data = DataDirectory.open(home)) {
      assertThat(data.keys().succession().trusted(List.of(first)))
          .containsExactly(first, second, third);
      assertThat(data.keys().succession().trusted(List.of(second))).containsExactly(second, third);
      assertThat(data.keys().published()).contains(first.text(), second.text(), third.text());
    }
  }

  @Test
  void keepsTheOldKeyUntilTheNewOneHasSigned() {
    current();
    run();
    assertThatIllegalStateException()
        .isThrownBy(() -> LogKeys.retire(home))
        .withMessageContaining("rotate-key");
    LogKeys.rotate(home, new Random(2));

    assertThatIllegalStateException()
        .isThrownBy(() -> LogKeys.retire(home))
        .withMessageContaining("Start the server once");
    assertThatIllegalStateException()
        .isThrownBy(() -> LogKeys.rotate(home, new Random(3)))
        .withMessageContaining("retire-key");
  }

  @Test
  void servesABareKeyAsLongAsThereWasOnlyOne() {
    NoteKey key = current();

    try (DataDirectory data = DataDirectory.open(home)) {
      assertThat(data.keys().published()).isEqualTo(key.text() + "\n");
    }
  }
}
