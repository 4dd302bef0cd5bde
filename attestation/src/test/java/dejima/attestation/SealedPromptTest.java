package dejima.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
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

  private static SealedPrompt sealed() {
    return SealedPrompt.seal(BODY, "m", "confidentiality-3+my-number", "site-1", PUBLIC);
  }

  private static Reading<byte[]> open(SealedPrompt sealed) {
    return sealed.open(KEY.getEncoded(), PUBLIC);
  }

  @Property(tries = 50)
  void opensWhatWasSealed(@ForAll byte[] body) {
    SealedPrompt sealed = SealedPrompt.seal(body, "m", "confidentiality-1", "s", PUBLIC);

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
    List<SealedPrompt> changed =
        List.of(
            new SealedPrompt(
                "n", s.dataClass(), s.site(), s.keyId(), s.encapsulated(), s.ciphertext()),
            new SealedPrompt(
                s.model(),
                "confidentiality-1",
                s.site(),
                s.keyId(),
                s.encapsulated(),
                s.ciphertext()),
            new SealedPrompt(
                s.model(), s.dataClass(), "site-2", s.keyId(), s.encapsulated(), s.ciphertext()),
            new SealedPrompt(
                s.model(),
                s.dataClass(),
                s.site(),
                "0".repeat(64),
                s.encapsulated(),
                s.ciphertext()),
            new SealedPrompt(
                s.model(),
                s.dataClass(),
                s.site(),
                s.keyId(),
                sealed().encapsulated(),
                s.ciphertext()),
            new SealedPrompt(
                s.model(),
                s.dataClass(),
                s.site(),
                s.keyId(),
                s.encapsulated(),
                sealed().ciphertext()),
            new SealedPrompt(
                s.model(),
                s.dataClass(),
                s.site(),
                s.keyId(),
                "A".repeat(43) + "=",
                s.ciphertext()));

    for (SealedPrompt one : changed) {
      assertThat(open(one)).isInstanceOf(Reading.Unreadable.class);
    }
  }

  @Test
  void opensNothingWithAnotherKey() {
    X25519PrivateKeyParameters other = new X25519PrivateKeyParameters(new SecureRandom());

    assertThat(sealed().open(other.getEncoded(), other.generatePublicKey().getEncoded()))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(sealed().open(other.getEncoded(), PUBLIC)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void readsOneFormOnly() {
    String text = new String(sealed().bytes(), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            text + " ",
            text.replace("\"dejimaSealed\":1", "\"dejimaSealed\":2"),
            text.replace("\"dejimaSealed\":1", "\"dejimaSealed\":1,\"x\":1"),
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
    assertThatThrownBy(() -> SealedPrompt.seal(BODY, "m", "c", "s", new byte[31]))
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
