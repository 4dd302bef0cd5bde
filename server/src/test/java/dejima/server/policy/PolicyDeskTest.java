package dejima.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.EvidenceLog;
import dejima.evidence.NoteSecret;
import dejima.residency.ActivePolicy;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.server.Specimen;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.records.NodeRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyDeskTest {
  @TempDir private Path home;
  private final ActivePolicy active = new ActivePolicy(PolicyBundle.none());
  private final EvidenceLog log = Specimen.log();
  private final List<String> announced = new ArrayList<>();

  private Approvers approvers = new Approvers(List.of());
  private PolicySource source = new PolicySource.Baseline();

  @BeforeEach
  void writeABundle() throws IOException {
    source = new PolicySource.Directory(home.resolve("bundle"));
    for (Map.Entry<String, String> file : PolicyBundle.demo().files().entrySet()) {
      Path target = home.resolve("bundle").resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  private PolicyDesk desk() {
    return new PolicyDesk(
        () -> source,
        active,
        new PolicyArchive(home.resolve("archive")),
        new NodeRecords(log, Specimen.ids()),
        new PolicyGate(approvers, List.of()),
        bundle -> announced.add(bundle.hash()));
  }

  @Test
  void keepsRecordsAndAnnouncesWhatComesIntoForce() {
    assertThat(desk().reload()).isInstanceOf(BundleReading.Loaded.class);

    String hash = PolicyBundle.demo().hash();
    assertThat(active.current().hash()).isEqualTo(hash);
    assertThat(announced).containsExactly(hash);
    assertThat(log.head().size()).isEqualTo(1);
    assertThat(new PolicyArchive(home.resolve("archive")).files(hash))
        .contains(PolicyBundle.demo().files());
  }

  @Test
  void neverReplacesAGoodBundleByABadOne() throws IOException {
    PolicyDesk desk = desk();
    desk.reload();
    Files.writeString(home.resolve("bundle/rules/999-bad.cel"), "request.nothing ==");

    assertThat(desk.reload()).isInstanceOf(BundleReading.Rejected.class);

    assertThat(active.current().hash()).isEqualTo(PolicyBundle.demo().hash());
    assertThat(announced).hasSize(1);
    assertThat(log.head().size()).isEqualTo(1);
  }

  @Test
  void putsNothingInForceWhoseTheoremIsFalse() throws IOException {
    PolicyDesk desk = desk();
    desk.reload();
    Path theorem = home.resolve("bundle/theorems/999-too-much.cel");
    Files.writeString(
        theorem,
        """
        // id: too-much
        // title.ja: 何も国外に出ない
        // title.en: nothing ever leaves Japan
        // basis.ja: 根拠
        // basis.en: basis
        // reviewed: to be checked by counsel
        !permitted || destination.kind != "site" || destination.country == "JP"
        """);

    BundleReading reading = desk.reload();

    assertThat(reading)
        .isInstanceOfSatisfying(
            BundleReading.Rejected.class,
            rejected ->
                assertThat(rejected.problems().getFirst().text())
                    .startsWith("theorems/999-too-much.cel:1:1: the theorem is false: where ")
                    .contains("destination.country == \"US\"", "permit-public-anywhere"));
    assertThat(active.current().hash()).isEqualTo(PolicyBundle.demo().hash());
    assertThat(desk.proofs()).hasSize(PolicyBundle.demo().theorems().size());
  }

  @Test
  void asksForTwoSignaturesUnderABundleOfTheOperatorsOwn() {
    approvers =
        new Approvers(
            List.of(
                new Approver("a", NoteSecret.generate("a", new SplittableRandom(1)).key()),
                new Approver("b", NoteSecret.generate("b", new SplittableRandom(2)).key())));
    PolicyDesk desk = desk();

    assertThat(desk.reload()).isInstanceOf(BundleReading.Rejected.class);
    source = new PolicySource.Baseline();
    assertThat(desk.reload()).isInstanceOf(BundleReading.Loaded.class);
  }

  @Test
  void putsNothingInForceThatCannotBeRecorded() {
    log.close();
    PolicyDesk desk = desk();

    assertThatThrownBy(desk::reload).isInstanceOf(RuntimeException.class);

    assertThat(active.current().rules()).isEmpty();
    assertThat(announced).isEmpty();
  }

  @Test
  void goesToWhereTheConfigurationPointsNow() {
    PolicyDesk desk = desk();
    desk.reload();
    source = new PolicySource.Baseline();

    desk.reload();

    assertThat(active.current().hash()).isEqualTo(PolicyBundle.baseline().hash());
  }

  @Test
  void readsTheShippedBundlesByName() {
    assertThat(PolicyDesk.read(new PolicySource.Baseline()))
        .isInstanceOf(BundleReading.Loaded.class);
    assertThat(PolicyDesk.read(new PolicySource.Demo())).isInstanceOf(BundleReading.Loaded.class);
  }

  @Test
  void findsNoFilesUnderAnotherNameOrADamagedBundle() throws IOException {
    desk().reload();
    PolicyArchive archive = new PolicyArchive(home.resolve("archive"));
    String hash = PolicyBundle.demo().hash();

    assertThat(archive.files("../bundle")).isEmpty();
    assertThat(archive.files("0".repeat(64))).isEmpty();
    Files.writeString(home.resolve("archive").resolve(hash).resolve("bundle.properties"), "id=x\n");
    assertThat(archive.files(hash)).isEmpty();
  }
}
