package dejima.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

/// The environment's key is constructed; no hardware has been at hand.
final class SealedPromptTest {
  private static final X25519PrivateKeyParameters KEY =
      new X25519PrivateKeyParameters(new SecureRandom());
  private static final byte[] PUBLIC = KEY.generatePublicKey().getEncoded();
  private static final byte[] BODY = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private static SealedPrompt sealed() {
    return SealedPrompt.seal(BODY, "m", "confidentiality-3+my-number", "site-1", NOW, PUBLIC)
        .prompt();
  }

  private static Reading<byte[]> open(SealedPrompt sealed) {
    return sealed.open(KEY.getEncoded(), PUBLIC).then(opened -> new Reading.Read<>(opened.body()));
  }

  private static SealedPrompt with(
      SealedPrompt s, String model, String label, String site, String key, long issued) {
    return new SealedPrompt(model, label, site, key, issued, s.encapsulated(), s.ciphertext());
  }

  private static SealedPrompt other(SealedPrompt s, String enc, String ciphertext) {
    return new SealedPrompt(
        s.model(), s.dataClass(), s.site(), s.keyId(), s.issued(), enc, ciphertext);
  }

  @Property(tries = 50)
  void opensWhatWasSealed(@ForAll byte[] body) {
    SealedPrompt sealed =
        SealedPrompt.seal(body, "m", "confidentiality-1", "s", NOW, PUBLIC).prompt();

    assertThat(open(SealedPrompt.read(sealed.bytes()).orThrow()).orThrow()).isEqualTo(body);
  }

  @Test
  void hidesTheBodyAndSealsEachTimeAnew() {
    assertThat(new String(sealed().bytes(), StandardCharsets.UTF_8))
        .doesNotContain("\"model\":\"m\"}");
    assertThat(sealed().ciphertext()).isNotEqualTo(sealed().ciphertext());
  }

  @Test
  void opensNothingWhoseOutsideWasChanged() {
    SealedPrompt s = sealed();
    SealedPrompt t = sealed();
    String noPoint = "A".repeat(43) + "=";
    List<SealedPrompt> changed =
        List.of(
            with(s, "n", s.dataClass(), s.site(), s.keyId(), s.issued()),
            with(s, s.model(), "confidentiality-1", s.site(), s.keyId(), s.issued()),
            with(s, s.model(), s.dataClass(), "site-2", s.keyId(), s.issued()),
            with(s, s.model(), s.dataClass(), s.site(), "0".repeat(64), s.issued()),
            with(s, s.model(), s.dataClass(), s.site(), s.keyId(), s.issued() + 1),
            other(s, t.encapsulated(), s.ciphertext()),
            other(s, s.encapsulated(), t.ciphertext()),
            other(s, noPoint, s.ciphertext()));

    for (SealedPrompt one : changed) {
      assertThat(open(one)).isInstanceOf(Reading.Unreadable.class);
    }
  }

  @Test
  void opensNothingWithAnotherKey() {
    X25519PrivateKeyParameters other = new X25519PrivateKeyParameters(new SecureRandom());

    assertThat(sealed().open(other.getEncoded(), other.generatePublicKey().getEncoded()))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(SealedPrompt.publicKey(KEY.getEncoded())).isEqualTo(PUBLIC);
    assertThat(sealed().open(other.getEncoded(), PUBLIC)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void readsOneFormOnly() {
    String text = new String(sealed().bytes(), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            text + " ",
            text.replace("\"dejimaSealed\":2", "\"dejimaSealed\":1"),
            text.replace("\"dejimaSealed\":2", "\"dejimaSealed\":2,\"x\":1"),
            text.replace("\"issued\":1", "\"issued\":-1"),
            text.replace("\"issued\":1", "\"issued\":1.5e3,\"i\":1"),
            text.replace("\"site\":\"site-1\"", "\"site\":1"),
            text.replace("\"class\":\"confidentiality-3+my-number\",", ""),
            "{}",
            "")) {
      assertThat(SealedPrompt.read(other.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(Reading.Unreadable.class);
    }
  }

  @Test
  void refusesKeysOfOtherLengths() {
    assertThatThrownBy(() -> SealedPrompt.seal(BODY, "m", "c", "s", NOW, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    if (SealedPrompt.read(bytes) instanceof Reading.Read<SealedPrompt>(SealedPrompt sealed)) {
      open(sealed);
    }
    SealedPrompt.rawKey(bytes);
  }
}
