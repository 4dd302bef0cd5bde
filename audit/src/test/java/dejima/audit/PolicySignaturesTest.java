package dejima.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PolicySignaturesTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(7);
  private static final NoteSecret TARO = NoteSecret.generate("taro", RANDOM);
  private static final NoteSecret TARO_AGAIN = NoteSecret.generate("taro2", RANDOM);
  private static final NoteSecret HANAKO = NoteSecret.generate("hanako", RANDOM);
  private static final NoteSecret STRANGER = NoteSecret.generate("stranger", RANDOM);
  private static final Approvers APPROVERS =
      new Approvers(
          List.of(
              new Approver("山田太郎", TARO.key()),
              new Approver(" 山田太郎 ", TARO_AGAIN.key()),
              new Approver("Hanako", HANAKO.key())));

  private static PolicyBundle signed(NoteSecret... signers) {
    Map<String, String> files = new TreeMap<>(PolicyBundle.demo().files());
    String text = PolicySignatures.text(PolicyBundle.demo());
    for (NoteSecret signer : signers) {
      String note = Approvers.sign(text, Signer.ed25519(signer)).noteText();
      files.put("signatures/" + signer.name() + ".note", note);
    }
    return read(files);
  }

  private static PolicyBundle read(Map<String, String> files) {
    return switch (PolicyBundle.of(files)) {
      case BundleReading.Loaded(PolicyBundle bundle) -> bundle;
      case BundleReading.Rejected(var problems) -> throw new AssertionError(problems);
    };
  }

  private static String problem(PolicyBundle bundle) {
    return PolicySignatures.problem(bundle, APPROVERS).map(Problem::text).orElse("");
  }

  @Test
  void takesTheSignaturesOfTwoPeople() {
    assertThat(problem(signed(TARO, HANAKO))).isEmpty();
    assertThat(problem(signed(TARO, TARO_AGAIN, HANAKO, STRANGER))).isEmpty();
  }

  @Test
  void countsOnePersonOnceWithHoweverManyKeys() {
    assertThat(problem(signed(TARO))).contains("a second person must sign");
    assertThat(problem(signed(TARO, TARO_AGAIN))).contains("only 山田太郎 has signed", "same person");
    assertThat(problem(signed(TARO, STRANGER))).contains("not approvers");
    assertThat(problem(signed(STRANGER))).contains("no known approver");
    assertThat(problem(signed())).contains("nobody has signed");
  }

  @Test
  void countsASignatureGivenInTwoFilesOnce() {
    Map<String, String> files = new TreeMap<>(PolicyBundle.demo().files());
    String note =
        Approvers.sign(PolicySignatures.text(PolicyBundle.demo()), Signer.ed25519(TARO)).noteText();
    files.put("signatures/a.note", note);
    files.put("signatures/b.note", note);

    assertThat(problem(read(files))).contains("only 山田太郎 has signed");
  }

  @Test
  void refusesASignatureOverAnEarlierState() {
    PolicyBundle signed = signed(TARO, HANAKO);
    Map<String, String> files = new TreeMap<>(signed.files());
    files.putAll(signed.signatures());
    files.computeIfPresent("bundle.properties", (_, text) -> text + "# changed\n");

    assertThat(problem(read(files))).startsWith("signatures/hanako.note:1:1: signs another bundle");
  }

  @Test
  void refusesAForgedSignatureAndWhatIsNoNote() {
    PolicyBundle signed = signed(TARO, HANAKO);
    Map<String, String> files = new TreeMap<>(signed.files());
    files.putAll(signed.signatures());
    Signer impostor =
        new Signer() {
          @Override
          public String keyName() {
            return HANAKO.name();
          }

          @Override
          public byte[] publicKey() {
            return HANAKO.key().bytes();
          }

          @Override
          public byte[] sign(byte[] message) {
            return Signer.ed25519(STRANGER).sign(message);
          }
        };
    files.put(
        "signatures/hanako.note",
        Approvers.sign(PolicySignatures.text(signed), impostor).noteText());
    assertThat(problem(read(files))).contains("the signature of Hanako is not over this text");

    files.put("signatures/hanako.note", "hanako agrees\n");
    assertThat(problem(read(files))).contains("signatures/hanako.note:1:1: is no signed note");
  }

  @Test
  void asksForNothingWhereNobodyIsConfigured() {
    assertThat(PolicySignatures.problem(signed(), new Approvers(List.of()))).isEmpty();
  }
}
