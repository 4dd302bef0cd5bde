package dejima.server.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BouncyCastleSignerTest {

  @Test
  void signsAsTheJdkDoes() {
    Random random = new Random(7);
    for (int length : new int[] {0, 1, 31, 32, 1_000, 65_537}) {
      NoteSecret secret = NoteSecret.generate("example.jp/log", random);
      Signer ours = new BouncyCastleSigner(secret);
      Signer jdk = Signer.ed25519(secret);
      byte[] message = new byte[length];
      random.nextBytes(message);

      assertThat(ours.publicKey()).isEqualTo(jdk.publicKey());
      assertThat(ours.keyName()).isEqualTo(jdk.keyName());
      assertThat(ours.sign(message)).isEqualTo(jdk.sign(message));
    }
  }

  @Test
  void doesNotLendItsKeyOut() {
    Signer signer = new BouncyCastleSigner(NoteSecret.generate("example.jp/log", new Random(1)));

    signer.publicKey()[0]++;

    assertThat(signer.key().text()).isEqualTo(signer.key().text());
    assertThat(signer.publicKey()).isNotEqualTo(new byte[32]);
  }
}
