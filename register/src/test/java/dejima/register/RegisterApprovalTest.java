package dejima.register;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.Approvers.Verdict;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegisterApprovalTest {
  private static final Signer SATO = signer("sato", 1);
  private static final Signer SATO_TOO = signer("sato-2", 2);
  private static final Signer TANAKA = signer("tanaka", 3);
  private static final Approvers APPROVERS =
      new Approvers(
          List.of(
              new Approver("Sato", SATO.key()),
              new Approver("Sato", SATO_TOO.key()),
              new Approver("Tanaka", TANAKA.key())));

  private static Signer signer(String name, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Signer.ed25519(name, bytes);
  }

  private static Register signed(Map<String, String> files, Signer first, Signer second) {
    String text = RegisterApproval.text(Specimen.register(files));
    files.put(
        RegisterApproval.path(),
        Approvers.addSignature(Approvers.sign(text, first), second).orThrow().noteText());
    return Specimen.register(files);
  }

  private static Map<String, String> following(Register before, long version) {
    Map<String, String> files = Specimen.files();
    files.put(
        "register.json",
        "{\"register\":\"example.jp/register\",\"version\":%d,\"previous\":\"%s\"}"
            .formatted(version, before.hash()));
    return files;
  }

  @Test
  void putsInForceWhatTwoPeopleSigned() {
    assertThat(RegisterApproval.judge(signed(Specimen.files(), SATO, TANAKA), APPROVERS))
        .isEqualTo(new Verdict.Approved(List.of("Sato", "Tanaka")));
  }

  @Test
  void refusesOnePersonTwice() {
    assertThat(RegisterApproval.judge(signed(Specimen.files(), SATO, SATO_TOO), APPROVERS))
        .isInstanceOf(Verdict.Lacking.class);
  }

  @Test
  void refusesAnUnsignedOneAndOneThatWasChangedAfterwards() {
    assertThat(RegisterApproval.judge(Specimen.register(Specimen.files()), APPROVERS))
        .isInstanceOf(Verdict.Lacking.class);

    Map<String, String> files = Specimen.files();
    signed(files, SATO, TANAKA);
    files.put("persons/abroad.json", Specimen.owner("Foreign Fund", "JP"));

    assertThat(RegisterApproval.judge(Specimen.register(files), APPROVERS))
        .isInstanceOf(Verdict.Lacking.class);
  }

  @Test
  void letsOnlyTheNextVersionFollowThatNamesTheOneBefore() {
    Register first = Specimen.register(Specimen.files());
    Register second = Specimen.register(following(first, 2));

    assertThat(RegisterApproval.follow(first, second)).isInstanceOf(Reading.Read.class);
    assertThat(RegisterApproval.follow(first, first)).isInstanceOf(Reading.Read.class);
    assertThat(RegisterApproval.follow(second, first)).isInstanceOf(Reading.Unreadable.class);
    assertThat(RegisterApproval.follow(first, Specimen.register(following(first, 3))))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(RegisterApproval.follow(first, Specimen.register(following(second, 2))))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void showsWhatChanged() {
    Map<String, String> files = Specimen.files();
    files.put("persons/abroad.json", Specimen.owner("Foreign Fund", "FR"));
    files.remove("models/example.json");

    List<String> changes =
        RegisterDiff.between(Specimen.register(Specimen.files()), Specimen.register(files))
            .changes()
            .stream()
            .map(RegisterDiff.Change::text)
            .toList();

    assertThat(changes)
        .contains("~ persons/abroad.json: country.value = \"US\" -> \"FR\"")
        .anyMatch(text -> text.startsWith("- models/example.json: names = "));
  }
}
