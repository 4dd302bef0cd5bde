package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.Approvers.Approver;
import dejima.evidence.Approvers.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApproversTest {
  private static final String TEXT = "a change\nversion 2\n";
  private static final Signer SATO = signer("sato", 1);
  private static final Signer SATO_AGAIN = signer("sato-laptop", 2);
  private static final Signer TANAKA = signer("tanaka", 3);
  private static final Signer STRANGER = signer("stranger", 4);
  private static final Approvers APPROVERS =
      new Approvers(
          List.of(
              new Approver("Sato", SATO.key()),
              new Approver(" sato ", SATO_AGAIN.key()),
              new Approver("Tanaka", TANAKA.key())));

  private static Signer signer(String name, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Signer.ed25519(name, bytes);
  }

  private static SignedNote signed(Signer first, Signer second) {
    return Approvers.addSignature(Approvers.sign(TEXT, first), second).orThrow();
  }

  @Test
  void approvesWhatTwoPeopleSigned() {
    assertThat(APPROVERS.judge(signed(SATO, TANAKA)))
        .isEqualTo(new Verdict.Approved(List.of("Sato", "Tanaka")));
  }

  @Test
  void refusesOnePersonWithTwoKeys() {
    assertThat(APPROVERS.judge(signed(SATO, SATO_AGAIN))).isInstanceOf(Verdict.Lacking.class);
  }

  @Test
  void refusesOnePersonAndAStranger() {
    assertThat(APPROVERS.judge(signed(STRANGER, SATO))).isInstanceOf(Verdict.Lacking.class);
    assertThat(APPROVERS.judge(Approvers.sign(TEXT, STRANGER)))
        .isEqualTo(new Verdict.Lacking("no known approver has signed"));
  }

  @Test
  void doesNotLetOneKeySignTwice() {
    assertThat(Approvers.addSignature(Approvers.sign(TEXT, SATO), SATO))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void refusesAKnownKeysSignatureOverAnotherText() {
    SignedNote note = signed(SATO, TANAKA);

    assertThat(APPROVERS.judge(new SignedNote("another change\n", note.signatures())))
        .isEqualTo(new Verdict.Lacking("the signature of Sato is not over this text"));
  }

  @ParameterizedTest
  @CsvSource({"山田太郎, 山田\u3000太郎", "山田 太郎, 山田太郎", "Sato, Ｓａｔｏ", "Sato, Sa\u200bto", "SATO, sato"})
  void countsOnePersonOnceHoweverTheNameIsWritten(String name, String otherwise) {
    Approvers two =
        new Approvers(
            List.of(new Approver(name, SATO.key()), new Approver(otherwise, TANAKA.key())));

    assertThat(two.people()).isEqualTo(1);
    assertThat(two.judge(signed(SATO, TANAKA))).isInstanceOf(Verdict.Lacking.class);
  }

  /// C2SP tlog-policy: keys are the same if they wrap the same key, whatever their names.
  @Test
  void refusesOneKeyUnderTwoKeyNames() {
    Signer renamed = signer("sato-as-somebody-else", 1);

    assertThat(renamed.key()).isNotEqualTo(SATO.key());
    assertThatThrownBy(() ->
            new Approvers(List.of(new Approver("a", SATO.key()), new Approver("b", renamed.key()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stands there twice");
  }

  @Test
  void refusesOneKeyUnderTwoNames() {
    assertThatThrownBy(() ->
            new Approvers(List.of(new Approver("a", SATO.key()), new Approver("b", SATO.key()))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
