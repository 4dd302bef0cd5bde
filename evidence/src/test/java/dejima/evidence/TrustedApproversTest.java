package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.evidence.Approvers.Approver;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file of people whom a reader trusts to approve.
final class TrustedApproversTest {
  private static final String SATO = Signer.ed25519("sato", new byte[32]).key().text();
  private static final String TANAKA = Signer.ed25519("tanaka", seed()).key().text();

  private static byte[] seed() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    return seed;
  }

  @Test
  void readsWhoApprovesWhat() {
    TrustedApprovers read =
        TrustedApprovers.parse(
                "# ours\n\napprover " + SATO + " Sato Taro\nregister-approver " + TANAKA + " 田中\n")
            .orThrow();

    assertThat(read.policy().keys()).extracting(Approver::person).containsExactly("Sato Taro");
    assertThat(read.register().keys())
        .extracting(Approver::person)
        .containsExactly("Sato Taro", "田中");
    assertThat(TrustedApprovers.parse(read.file())).isEqualTo(new Reading.Read<>(read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"approver", "approver x Sato", "witness %s Sato", "approver %s", "log %s"})
  void saysWhichLineItCannotRead(String line) {
    assertThat(TrustedApprovers.parse("\n" + line.formatted(SATO) + "\n"))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable -> assertThat(unreadable.reason()).contains("line 2"));
  }

  @Test
  void refusesAKeyThatTwoPeopleClaim() {
    assertThat(TrustedApprovers.parse("approver " + SATO + " Sato\napprover " + SATO + " Tanaka\n"))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @FuzzTest
  void neverThrows(byte @NotNull [] bytes) {
    TrustedApprovers.parse(new String(bytes, StandardCharsets.UTF_8));
  }
}
