package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NoteTest {
  /// The key and note of Go's golang.org/x/mod/sumdb/note documentation, which C2SP's format is.
  private static final String GO_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  @Test
  void readsAndVerifiesANoteOfTheReferenceImplementation() {
    var key = NoteKey.parse(GO_KEY).orThrow();
    var note = SignedNote.parse(GO_NOTE).orThrow();

    var line = note.signatures().getFirst();

    assertThat(line.isBy(key)).isTrue();
    assertThat(key.verifies(note.text().getBytes(StandardCharsets.UTF_8), line.bytes())).isTrue();
    assertThat(note.noteText()).isEqualTo(GO_NOTE);
    assertThat(key.text()).isEqualTo(GO_KEY);
  }

  @Test
  void readsTheReferencePrivateKey() {
    String text = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    var secret = NoteSecret.parse(text).orThrow();

    assertThat(secret.key().text()).isEqualTo(GO_KEY);
    assertThat(secret.keyFile()).isEqualTo(text);
    assertThat(secret.toString()).doesNotContain("AYEKFALV");
  }

  @Test
  void keepsASecretInItsFile() {
    var secret = NoteSecret.generate("log.example/x", new Random(3));

    assertThat(NoteSecret.parse(secret.keyFile() + "\n").orThrow().seed()).isEqualTo(secret.seed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter\u0085+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter\u3000+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      })
  void refusesKeysInAnyOtherForm(String text) {
    assertThat(NoteKey.parse(text)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void refusesMalformedNotes() {
    for (String bad :
        List.of(
            GO_NOTE.strip(),
            GO_NOTE.replace("\u2014", "-"),
            GO_NOTE.replace("x08go", "x08g"),
            GO_NOTE.replace("\n\n", "\n"),
            GO_NOTE + "\n",
            GO_NOTE + GO_NOTE.substring(GO_NOTE.indexOf('\u2014')),
            GO_NOTE.replace("think", "\tthink"),
            "\n\n\u2014 a AAAA\n")) {
      assertThat(SignedNote.parse(bad)).as(bad).isInstanceOf(Reading.Unreadable.class);
    }
  }

  /// "Any following lines are extension lines, opaque and OPTIONAL": monitors follow such logs.
  @Test
  void followsALogThatSaysMore() {
    var head = new Checkpoint("log.example/dejima", 7, new byte[32]);
    var note = SignedNote.sign(head.text() + "anything\n", Specimen.SIGNER);
    var forged = new SignedNote(head.text() + "anything else\n", note.signatures());

    assertThat(Specimen.KEYS.signedByLog(note)).isEqualTo(new Reading.Read<>(head));
    assertThat(Specimen.KEYS.signedByLog(forged)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void saysWhatIsWrongWithANote() {
    String line = GO_NOTE.substring(GO_NOTE.indexOf('\u2014'));

    assertThat(SignedNote.parse(GO_NOTE + line))
        .isEqualTo(new Reading.Unreadable<>("note: two signatures by one key"));
    assertThat(SignedNote.parse(GO_NOTE.replace("\u2014", "-")))
        .isEqualTo(new Reading.Unreadable<>("note: not a signature line"));
    assertThat(SignedNote.parse(GO_NOTE.replace("M=\n", "N=\n")))
        .isEqualTo(new Reading.Unreadable<>("note: base64 in a form other than the canonical one"));
  }

  /// Whatever two lines change places: only signatures may, since they have no order.
  @Test
  void believesNoNoteWhoseLinesChangedPlaces() {
    var witness =
        new Cosigner(
            NoteSecret.generate(
                "witness.example/w1", SignatureType.COSIGNATURE_ED25519, new Random(7)));
    var head = new Checkpoint("log.example/a", 7, new byte[32]).signed(Specimen.SIGNER);
    var note = head.with(List.of(witness.cosign(head, java.time.Instant.ofEpochSecond(1))));
    String[] lines = note.noteText().split("\n", -1);
    int signatures = lines.length - 3;

    for (int i = 0; i < lines.length; i++) {
      for (int j = i + 1; j < lines.length; j++) {
        String[] swapped = lines.clone();
        swapped[i] = lines[j];
        swapped[j] = lines[i];
        boolean believed =
            SignedNote.parse(String.join("\n", swapped))
                    instanceof Reading.Read<SignedNote>(SignedNote read)
                && read.signatures().stream()
                    .anyMatch(line -> line.verifies(Specimen.SIGNER.key(), read.text()));
        boolean harmless = (i == signatures && j == signatures + 1) || lines[i].equals(lines[j]);
        assertThat(believed).as("%d and %d", i, j).isEqualTo(harmless);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n1\n",
        "a\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n+1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "a\n1\nAAAA\n",
        "a\n9223372036854775808\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n",
      })
  void refusesMalformedCheckpoints(String text) {
    assertThat(Checkpoint.parse(text)).isInstanceOf(Reading.Unreadable.class);
  }

  /// Unicode's White_Space above the controls, of which no key name may hold any.
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2005, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000
      })
  void knowsEveryUnicodeSpace(int space) {
    assertThat(NoteKey.isName("a" + Character.toString(space) + "b")).isFalse();
  }

  @Test
  void verifiesCosignaturesWithTheirTime() {
    var witness = Signer.ed25519("witness.example/w1", new byte[32]);
    var key =
        new NoteKey("witness.example/w1", SignatureType.COSIGNATURE_ED25519, witness.publicKey());
    String text = new Checkpoint("log.example/a", 7, new byte[32]).text();
    byte[] signature = witness.sign(Cosignature.message(text, 1_679_315_147));
    byte[] timestamped = ByteBuffer.allocate(72).putLong(1_679_315_147).put(signature).array();

    assertThat(Cosignature.verifies(key, text, timestamped)).isTrue();
    for (int i = 0; i < timestamped.length; i++) {
      byte[] forged = timestamped.clone();
      forged[i] ^= 1;
      assertThat(Cosignature.verifies(key, text, forged)).isFalse();
    }
    assertThat(Cosignature.verifies(key, text, signature)).isFalse();
  }

  @Test
  void verifiesMlDsaCosignaturesAndNothingLikeThem() {
    var witness =
        new Cosigner(
            NoteSecret.generate(
                "witness.example/w1", SignatureType.COSIGNATURE_ML_DSA_44, new Random(7)));
    var key = NoteKey.parse(witness.key().text()).orThrow();
    var note = new Checkpoint("log.example/a", 7, new byte[32]).signed(Specimen.SIGNER);
    var line = witness.cosign(note, java.time.Instant.ofEpochSecond(1_679_315_147));

    assertThat(key).isEqualTo(witness.key());
    assertThat(line.verifies(key, note.text())).isTrue();
    assertThat(line.verifies(key, note.text() + "an extension that is not signed\n")).isTrue();
    assertThat(line.verifies(key, note.text().replace("\n7\n", "\n8\n"))).isFalse();
    assertThat(line.verifies(key, note.text().replace("log.example/a", "log.example/b"))).isFalse();
    byte[] bytes = line.bytes();
    for (int i = 0; i < bytes.length; i += i < 16 ? 1 : 97) {
      byte[] forged = bytes.clone();
      forged[i] ^= 1;
      assertThat(Cosignature.verifies(key, note.text(), forged)).isFalse();
    }
    var renamed = new NoteKey("witness.example/w2", key.type(), key.bytes());
    assertThat(Cosignature.verifies(renamed, note.text(), bytes)).isFalse();
  }

  /// FIPS 204's key of the seed of zeroes begins so, in every implementation.
  @Test
  void derivesMlDsaKeysFromTheirSeedAsTheStandardSays() {
    byte[] key = MlDsa44.publicKey(MlDsa44.fromSeed(new byte[32]));

    assertThat(key).hasSize(1312).startsWith(0xba, 0x71, 0xf9, 0xf6, 0x4e, 0x11, 0xba, 0xeb);
  }

  @Test
  void keepsAWitnessesSecretsInTheirFiles() {
    for (var type : SignatureType.values()) {
      var secret = NoteSecret.generate("witness.example/x", type, new Random(3));

      assertThat(NoteSecret.parse(secret.keyFile()).orThrow().key()).isEqualTo(secret.key());
    }
  }

  @Test
  void acceptsNoCosignatureWithoutATime() {
    var witness = Signer.ed25519("witness.example/w1", new byte[32]);
    var key =
        new NoteKey("witness.example/w1", SignatureType.COSIGNATURE_ED25519, witness.publicKey());
    String text = new Checkpoint("log.example/a", 7, new byte[32]).text();
    byte[] signature = witness.sign(Cosignature.message(text, 0));

    assertThat(
            Cosignature.verifies(
                key, text, ByteBuffer.allocate(72).putLong(0).put(signature).array()))
        .isFalse();
  }

  static Stream<String> texts() {
    var log = Specimen.SIGNER.key();
    return Stream.of(
        GO_NOTE,
        GO_KEY,
        new Checkpoint("log.example/a", 7, new byte[32]).text(),
        Specimen.SECRET.keyFile(),
        VerificationKeys.file(log),
        "log " + log.text() + "\nwitness a K\ngroup g any a\nquorum g\n");
  }

  @MethodSource("texts")
  @FuzzTest
  void aNoteThatIsReadIsWrittenBackTheSame(@NotNull String text) {
    if (SignedNote.parse(text) instanceof Reading.Read<SignedNote>(SignedNote note)) {
      assertThat(note.noteText()).isEqualTo(text);
    }
  }

  @MethodSource("texts")
  @FuzzTest
  void aSignatureLineThatIsReadIsWrittenBackTheSame(@NotNull String text) {
    for (String one : text.split("\n", -1)) {
      if (SignedNote.Line.parse(one) instanceof Reading.Read<SignedNote.Line>(var line)) {
        assertThat(line.text()).isEqualTo(one + "\n");
      }
    }
  }

  @MethodSource("texts")
  @FuzzTest
  void anExtendedCheckpointBeginsWithWhatIsRead(@NotNull String text) {
    if (Checkpoint.parseExtended(text) instanceof Reading.Read<Checkpoint>(Checkpoint head)) {
      assertThat(text).startsWith(head.text());
    }
  }

  @MethodSource("texts")
  @FuzzTest
  void aCheckpointThatIsReadIsWrittenBackTheSame(@NotNull String text) {
    if (Checkpoint.parse(text) instanceof Reading.Read<Checkpoint>(Checkpoint checkpoint)) {
      assertThat(checkpoint.text()).isEqualTo(text);
    }
  }

  @MethodSource("texts")
  @FuzzTest
  void keyFilesEitherReadOrSayWhyNot(@NotNull String text) {
    switch (VerificationKeys.parse(text)) {
      case Reading.Read<VerificationKeys>(VerificationKeys keys) ->
          assertThat(keys.logs().size() + keys.witnesses().size()).isGreaterThanOrEqualTo(0);
      case Reading.Unreadable<VerificationKeys>(String reason) -> assertThat(reason).isNotEmpty();
    }
  }

  @MethodSource("texts")
  @FuzzTest
  void keysThatAreReadAreWrittenBackTheSame(@NotNull String text) {
    if (NoteKey.parse(text) instanceof Reading.Read<NoteKey>(NoteKey key)) {
      assertThat(key.text()).isEqualTo(text);
    }
    assertThat(NoteSecret.parse(text)).isNotNull();
  }
}
