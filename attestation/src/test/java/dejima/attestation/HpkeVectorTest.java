package dejima.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;

/// RFC 9180, appendix A.2.1: what somebody else sealed with the suite of [SealedPrompt] opens.
final class HpkeVectorTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void opensTheVectorOfTheStandard() throws Exception {
    HPKE hpke =
        new HPKE(
            HPKE.mode_base,
            HPKE.kem_X25519_SHA256,
            HPKE.kdf_HKDF_SHA256,
            HPKE.aead_CHACHA20_POLY1305);
    AsymmetricCipherKeyPair recipient =
        hpke.deserializePrivateKey(
            hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"),
            hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));

    byte[] opened =
        hpke.setupBaseR(
                hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"),
                recipient,
                hex("4f6465206f6e2061204772656369616e2055726e"))
            .open(
                hex("436f756e742d30"),
                hex(
                    "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db"
                        + "21993c62ce81883d2dd1b51a28"));

    assertThat(HexFormat.of().formatHex(opened))
        .isEqualTo("4265617574792069732074727574682c20747275746820626561757479");
  }
}
