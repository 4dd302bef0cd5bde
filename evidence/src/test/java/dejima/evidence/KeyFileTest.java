package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {
  private static final NoteKey W1 = witness(1);
  private static final NoteKey W2 = witness(2);
  private static final NoteKey W3 = witness(3);

  private static NoteKey witness(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    byte[] key = Signer.ed25519("w", seed).publicKey();
    return new NoteKey("witness.example/w" + number, SignatureType.COSIGNATURE_ED25519, key);
  }

  private static String fill(String file) {
    return file.replace("LOG", Specimen.SIGNER.key().text())
        .replace("K1", W1.text())
        .replace("K2", W2.text())
        .replace("K3", W3.text());
  }

  @Test
  void readsGroupsOfGroups() {
    var keys =
        VerificationKeys.parse(
                fill(
                    """
                    # two of three, in a roundabout way
                    log LOG https://log.example/
                    witness a K1
                    \twitness  b\tK2 https://w2.example/
                    witness c K3

                    group ab any a b
                    group all-of-them all ab c
                    quorum all-of-them
                    """))
            .orThrow();

    assertThat(keys.quorum().isMetBy(Set.of(W1, W3))).isTrue();
    assertThat(keys.quorum().isMetBy(Set.of(W2, W3))).isTrue();
    assertThat(keys.quorum().isMetBy(Set.of(W1, W2))).isFalse();
    assertThat(keys.quorum().isMetBy(Set.of())).isFalse();
  }

  /// "Names must be handled as opaque octet strings", and white space is space and tab only.
  @Test
  void tellsNamesApartThatOnlyLookAlike() {
    var keys =
        VerificationKeys.parse(
                fill("witness K K1\nwitness \u212a K2\nwitness K\u3000 K3\nquorum K\u3000\n"))
            .orThrow();

    assertThat(keys.quorum()).isEqualTo(new Quorum.Witness(W3));
    assertThat(VerificationKeys.parse(fill("witness a K1\nquorum a\u00a0\n")))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(VerificationKeys.parse(fill("witness a K1\n\u3000quorum a\n")))
        .isInstanceOf(Reading.Unreadable.class);
  }

  /// "It is strongly recommended that an implementation supports at least up to 32 logs, 32
  /// witnesses, and 32 groups": with ML-DSA-44 keys that is more than 64 KiB.
  @Test
  void holdsAsManyKeysAsTheStandardAsksFor() {
    var file = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      byte[] key = new byte[1312];
      key[0] = (byte) i;
      String name = "witness-with-a-long-name.example/%02d".formatted(i);
      String vkey = new NoteKey(name, SignatureType.COSIGNATURE_ML_DSA_44, key).text();
      file.append("log ").append(Signer.ed25519("log.example/" + i, key(i)).key().text());
      file.append(" https://log.example/").append(i).append('\n');
      file.append("witness %s %s https://%s\n".formatted(name, vkey, name));
      file.append("group g%d any %s\n".formatted(i, name));
    }

    var keys = VerificationKeys.parse(file + "quorum g31\n").orThrow();

    assertThat(keys.logs()).hasSize(32);
    assertThat(keys.witnesses()).hasSize(32);
  }

  private static byte[] key(int number) {
    byte[] seed = new byte[32];
    seed[1] = (byte) number;
    return seed;
  }

  @Test
  void readsABareLogKeyAndWhatItWritesItself() {
    var log = Specimen.SIGNER.key();

    assertThat(VerificationKeys.parse(log.text() + "\n").orThrow()).isEqualTo(Specimen.KEYS);
    assertThat(VerificationKeys.parse(VerificationKeys.file(log)).orThrow())
        .isEqualTo(Specimen.KEYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "log LOG\n",
        "log LOG\nlog LOG\nquorum none\n",
        "log K1\nquorum none\n",
        "witness a LOG\nquorum a\n",
        "witness a K1\nwitness b K1\nquorum a\n",
        "witness a K1\nwitness a K2\nquorum a\n",
        "witness none K1\nquorum none\n",
        "quorum a\nwitness a K1\n",
        "quorum none\nquorum none\n",
        "witness a K1\ngroup g 2 a\nquorum g\n",
        "witness a K1\ngroup g 0 a\nquorum g\n",
        "witness a K1\ngroup g 01 a\nquorum g\n",
        "witness a K1\ngroup g any a a\nquorum g\n",
        "witness a K1\ngroup g any a\ngroup h any a\nquorum g\n",
        "group g any\nquorum g\n",
        "group g any none\nquorum g\n",
        "log\nquorum none\n",
        "quorum none\r\n",
        "something else\nquorum none\n",
      })
  void refusesEveryMistake(String file) {
    assertThat(VerificationKeys.parse(fill(file))).isInstanceOf(Reading.Unreadable.class);
  }
}
