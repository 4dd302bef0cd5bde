package dejima.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PinnedKeyTest {
  private static final String ZEROES = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @Test
  void isWrittenAsItIsRead(@TempDir Path directory) {
    TlsIdentity identity = identity(directory);

    PinnedKey read = new PinnedKey(identity.pin().text());

    assertThat(read).isEqualTo(identity.pin());
    assertThat(read.matches(identity.publicKey())).isTrue();
    assertThat(new PinnedKey(ZEROES).matches(identity.publicKey())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256/",
        "sha1/AAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
        "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ",
        "SHA256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      })
  void refusesWhatIsNotAPin(String text) {
    assertThatThrownBy(() -> new PinnedKey(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sha256/");
  }

  @FuzzTest
  void readsOnlyItsOwnForm(@NotNull String text) {
    try {
      assertThat(new PinnedKey(text).text()).hasSize(ZEROES.length());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("sha256/");
    }
  }

  private static TlsIdentity identity(Path directory) {
    return TlsIdentity.inDirectory(directory, "site", InstantSource.fixed(Instant.EPOCH));
  }
}
