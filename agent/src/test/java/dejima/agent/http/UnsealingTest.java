package dejima.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.agent.http.Unsealing.Outcome;
import dejima.attestation.SealedPrompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a sealed prompt is opened, and that it is opened once.
final class UnsealingTest {
  private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");
  private static final byte[] SECRET = new byte[32];

  static {
    SECRET[3] = 7;
  }

  @TempDir private Path directory;
  private Instant now = START;
  private Unsealing unsealing;

  @BeforeEach
  void start() throws Exception {
    Path key = Files.write(directory.resolve("key"), SECRET);
    unsealing = new Unsealing("s1", Optional.of(key), () -> now, new SecureRandom());
  }

  private static byte[] sealed(Instant issued) {
    return SealedPrompt.seal(
            "{\"model\":\"m\"}".getBytes(UTF_8),
            "m",
            "confidentiality-3",
            "s1",
            issued,
            SealedPrompt.publicKey(SECRET))
        .prompt()
        .bytes();
  }

  private String open(byte[] body) {
    return switch (unsealing.open(body)) {
      case Outcome.Opened _ -> "opened";
      case Outcome.Unusable(var error, _) -> error.code();
      case Outcome.Refused(var error) -> error.code();
    };
  }

  @Test
  void opensWithinFiveMinutesOfEitherClock() {
    now = START.plus(Duration.ofHours(1));
    Duration most = Unsealing.FRESH;

    assertThat(open(sealed(now.minus(most)))).isEqualTo("opened");
    assertThat(open(sealed(now.plus(most)))).isEqualTo("opened");
    assertThat(open(sealed(now.minus(most).minusMillis(1)))).isEqualTo("sealed_prompt_stale");
    assertThat(open(sealed(now.plus(most).plusMillis(1)))).isEqualTo("sealed_prompt_stale");
  }

  /// What it has opened before a restart it does not remember.
  @Test
  void opensNothingFromBeforeItStarted() {
    assertThat(open(sealed(START.minusMillis(1_001)))).isEqualTo("sealed_prompt_stale");
    assertThat(open(sealed(START))).isEqualTo("opened");
  }

  @Test
  void remembersAPromptForAsLongAsItIsFresh() {
    byte[] prompt = sealed(START.plus(Duration.ofMinutes(4)));
    assertThat(open(prompt)).isEqualTo("opened");

    for (int minute = 0; minute <= 9; minute++) {
      now = START.plus(Duration.ofMinutes(minute));
      assertThat(open(prompt)).isEqualTo("sealed_prompt_replayed");
    }
    now = START.plus(Duration.ofMinutes(9)).plusMillis(1);
    assertThat(open(prompt)).isEqualTo("sealed_prompt_stale");
  }

  /// Setting the clock back does not bring back what was forgotten.
  @Test
  void opensNothingAgainAfterTheClockWasSetBack() {
    byte[] prompt = sealed(START);
    open(prompt);
    now = START.plus(Duration.ofMinutes(9));
    open(sealed(now));
    now = START;

    assertThat(open(prompt)).isEqualTo("sealed_prompt_stale");
  }

  @Test
  void opensNothingWhereNoKeyIsSet() {
    unsealing = new Unsealing("s1", Optional.empty(), () -> now, new SecureRandom());

    assertThat(open(sealed(START))).isEqualTo("sealing_key_absent");
  }

  @FuzzTest
  void neverThrows(byte[] body) {
    new Unsealing("s1", Optional.empty(), () -> START, new SecureRandom()).open(body);
  }
}
