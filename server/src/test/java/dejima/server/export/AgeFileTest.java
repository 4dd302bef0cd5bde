package dejima.server.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Reading;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AgeFileTest {
  private static final String PASSPHRASE = "correct horse battery";
  private static final byte[] SECRET = "秘密".getBytes(UTF_8);

  /// Made with `age -p` of age 1.1.1 from the text `{"made":"by age"}`.
  private static final String MADE_BY_AGE =
      "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBHMkwxN2IvdHBkQVYyZnUxYVZKRitBIDE4Cis4TzBZb08z"
          + "UG9DRkg4d3Z3NEkyQkE4NUhXMjRSbVl0TUdDTHlKdURueXMKLS0tIGF1WjBVU2ovSUhHU0FHQ0Vhbk91YkR2"
          + "SmpMVnhrSGtMZlg1a041R2tTTG8KX5bEAGFMwQx+gymcGHaf+PZGdxlFh6vh7Lcn9jf7CHVYk/Qus0f/xcVG"
          + "V+NbjPYDlA==";

  private static byte[] sealed() {
    return AgeFile.seal(SECRET, PASSPHRASE, new Random(1));
  }

  private static boolean opens(byte[] file, String passphrase) {
    return AgeFile.open(file, passphrase) instanceof Reading.Read<byte[]>;
  }

  @Test
  void opensWhatItSealed() {
    assertThat(AgeFile.open(sealed(), PASSPHRASE).orThrow()).isEqualTo(SECRET);
  }

  @Test
  void opensWhatTheToolItselfMade() {
    byte[] file = Base64.getDecoder().decode(MADE_BY_AGE);

    assertThat(new String(AgeFile.open(file, PASSPHRASE).orThrow(), UTF_8))
        .startsWith("{\"made\":\"by age\"}");
  }

  @Test
  void opensForNoOtherPassphrase() {
    assertThat(opens(sealed(), "correct horse batterie")).isFalse();
    assertThat(opens(sealed(), "")).isFalse();
  }

  @Test
  void opensNothingThatWasChangedOrCut() {
    byte[] file = sealed();
    int header = new String(file, ISO_8859_1).indexOf("---");
    for (int at : new int[] {30, header - 5, header + 6, file.length - 30, file.length - 1}) {
      byte[] changed = file.clone();
      changed[at] ^= 1;
      assertThat(opens(changed, PASSPHRASE)).as("byte %d", at).isFalse();
    }
    assertThat(opens(Arrays.copyOf(file, file.length - 1), PASSPHRASE)).isFalse();
    assertThat(opens(Arrays.copyOf(file, file.length + 1), PASSPHRASE)).isFalse();
  }

  @Test
  void refusesWorkThatWouldStarveTheServer() {
    String text = new String(sealed(), ISO_8859_1);
    byte[] greedy = text.replaceFirst(" 16\n", " 30\n").getBytes(ISO_8859_1);

    assertThat(AgeFile.open(greedy, PASSPHRASE))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class, refused -> assertThat(refused.reason()).contains("open"));
  }

  @FuzzTest
  void neverThrows(byte[] file) {
    assertThat(AgeFile.open(file, PASSPHRASE)).isInstanceOf(Reading.class);
  }
}
