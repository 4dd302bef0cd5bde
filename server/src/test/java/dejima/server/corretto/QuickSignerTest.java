package dejima.server.corretto;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class QuickSignerTest {
  private final Random random = new Random(11);
  private final NoteSecret secret = NoteSecret.generate("example.jp/log", random);

  @Test
  void signsTheSameBeforeAndAfterGoingOverToNativeCode() {
    QuickSigner ours = new QuickSigner(secret, Runnable::run);
    Signer jdk = Signer.ed25519(secret);
    boolean before = ours.isNative();

    for (int i = 0; i < 300; i++) {
      byte[] message = new byte[random.nextInt(2_000)];
      random.nextBytes(message);
      byte[] signature = ours.sign(message);
      if (i % 30 == 0) {
        assertThat(signature).isEqualTo(jdk.sign(message));
      }
    }

    assertThat(before).isFalse();
    assertThat(ours.isNative()).isTrue();
    assertThat(ours.publicKey()).isEqualTo(jdk.publicKey());
    assertThat(ours.keyName()).isEqualTo(jdk.keyName());
  }

  @Test
  void goesOnWithoutNativeCodeWhileItIsNotLoaded() {
    QuickSigner ours = new QuickSigner(secret, _ -> {});

    for (int i = 0; i < 250; i++) {
      assertThat(ours.sign(new byte[] {(byte) i})).hasSize(64);
    }

    assertThat(ours.isNative()).isFalse();
  }

  @Test
  void signsAlsoWhenTheServerIsClosing() {
    QuickSigner ours =
        new QuickSigner(
            secret,
            _ -> {
              throw new RejectedExecutionException("closing");
            });

    for (int i = 0; i < 250; i++) {
      assertThat(ours.sign(new byte[] {(byte) i})).hasSize(64);
    }
  }
}
