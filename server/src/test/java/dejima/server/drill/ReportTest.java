package dejima.server.drill;

import static dejima.server.drill.Drilled.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Json;
import dejima.gateway.SiteState;
import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import dejima.server.Specimen;
import dejima.server.drill.Probe.Result;
import dejima.server.drill.Probe.Shot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final Work WORK = Drilled.work(Confidentiality.C2);

  private static Report report(int sites, Withdrawal withdrawal) {
    List<SiteState> staying =
        IntStream.range(0, sites)
            .mapToObj(i ->
                new SiteState(
                    Specimen.facts("a-site-with-a-rather-long-name-" + i, "JP", Control.DOMESTIC),
                    "sha256/x",
                    Specimen.CLOCK))
            .toList();
    Map<String, Integer> capacities =
        staying.stream().collect(Collectors.toMap(SiteState::id, _ -> 4));
    Map<Work, Fate> matrix = new LinkedHashMap<>();
    Matrix.CLASSES.forEach(dataClass -> {
      Work work = Work.ofNobody("m".repeat(200), RequestKind.CHAT, dataClass);
      matrix.put(work, Drilled.fate(work, withdrawal));
    });
    List<Shot> shots =
        List.of(
            new Shot(0, 50_000_000, Result.ANSWERED, "home"),
            new Shot(90_000_000, 120_000_000, Result.FAILED, ""),
            new Shot(130_000_000, 250_000_000, Result.ANSWERED, "second"),
            new Shot(95_000_000, 101_000_000, Result.ANSWERED, "second"));
    Switch switched = new Switch(WORK, shots, 100_000_000, withdrawal);
    return new Report(
        new Report.Occasion(Specimen.ids().next(), NOW, "node.example/1", Duration.ofMinutes(1)),
        withdrawal,
        PolicyBundle.demo(),
        staying,
        matrix,
        new LoadBook(NOW, work -> Drilled.fate(work, withdrawal), capacities),
        Optional.of(
            new Rehearsal.Measured(
                1,
                4,
                Collections.nCopies(40, switched),
                List.of(Drilled.work(Confidentiality.C3)))));
  }

  @Test
  void measuresFromTheWithdrawalToTheFirstAnswerToALaterRequest() {
    Json.Obj full = report(2, Drilled.HOME).full();

    Json.Obj one =
        (Json.Obj)
            full.object("rehearsal").orElseThrow().array("switches").orElseThrow().getFirst();
    assertThat(one.get("firstSuccessMs")).contains(Json.of(150.0));
    assertThat(one.get("troubleMs")).contains(Json.of(20.0));
    assertThat(one.integer("underWay")).contains(2L);
    assertThat(one.integer("failed")).contains(1L);
    assertThat(one.get("usualMs")).contains(Json.of(50.0));
  }

  @Test
  void fitsAnEntryWhateverTheNumberOfSites() {
    Withdrawal many =
        new Withdrawal(
            "o",
            IntStream.range(0, 90)
                .mapToObj(i -> "another-site-with-a-rather-long-name-" + i)
                .collect(Collectors.toSet()));

    assertThat(report(100, many).summary("0".repeat(64)).canonicalBytes().length).isLessThan(7_200);
  }

  @Test
  void saysWhatIsStranded() {
    Report none = report(2, Drilled.HOME);
    Report some = report(2, new Withdrawal("o", Set.of("home", "second")));

    assertThat(none.strands()).isFalse();
    assertThat(some.strands()).isTrue();
    assertThat(some.full().array("strandedClasses").orElseThrow())
        .contains(Json.of("confidentiality-2"))
        .doesNotContain(Json.of("confidentiality-1"), Json.of("confidentiality-3"));
  }

  @Test
  void keepsReportsUnderTheirHashAndNoticesAChange(@TempDir Path directory) throws Exception {
    Drills drills = new Drills(directory);
    Json.Obj full = report(1, Drilled.HOME).full();

    String hash = drills.keep(full);
    assertThat(drills.find(hash)).contains(full);
    assertThat(drills.newest()).extracting(Drills.Kept::hash).containsExactly(hash);
    assertThat(drills.find("../" + hash)).isEmpty();

    Path file = directory.resolve(hash + ".json");
    Files.writeString(file, Files.readString(file).replace("withdraw", "withdrew"));
    assertThat(drills.find(hash)).isEmpty();
  }
}
