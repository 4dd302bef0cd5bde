package dejima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dejima.bench.checking.CheckFigures;
import dejima.bench.decision.DecisionFigures;
import dejima.bench.evidence.EvidenceFigures;
import dejima.bench.measure.Entrant;
import dejima.bench.measure.Measure;
import dejima.bench.measure.Outcome;
import dejima.bench.measure.Plan;
import dejima.bench.measure.Samples;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final DecisionFigures DECISIONS =
      new DecisionFigures(
          List.of(
              new DecisionFigures.Row("Dejima's closures", 50, 640, 1),
              new DecisionFigures.Row("cedar-java", 50, 64_000, 100)),
          20,
          38,
          180,
          40,
          700);
  private static final EvidenceFigures EVIDENCE =
      new EvidenceFigures(
          List.of(12_000.0),
          List.of(40.0),
          List.of(9_000.0),
          List.of(60.0),
          4_321,
          256,
          0.2,
          0.4,
          500,
          1_000,
          0.1,
          0.2,
          1.3);

  @Test
  void showsFiguresWithTheirRatioAndADashForWhatIsMissing() {
    String page = new MarkdownReport(report()).text();

    assertThat(page)
        .contains("| CPU per 1 KB request, 16 connections, µs | 20.0 (1.00) | 50.0 (2.50) |")
        .contains("| cold start to the first answer, s | — | — |")
        .contains("| receipts a second, 256 requests in flight | 12,000 |")
        .contains(
            "until a published tree head proves it, under that load, p50 and p99, ms | 500 and 1000 |")
        .contains("median of 3, and the slowest | 290 and 310 |")
        .contains("| the same at the pace of the latency rows, p50 and p99, ms | 0.200 and 1.300 |")
        .contains(
            "2026-11-20", "Load average before the run: 0.10 0.20 0.30", "3.0 % of the machine")
        .contains("**not measured: no such peer.**")
        .doesNotContain("LATENCY", "null");
  }

  @Test
  void givesEveryRoundAsJson() throws JsonProcessingException {
    JsonNode json = new ObjectMapper().readTree(new JsonReport(report()).text());

    JsonNode cpu = json.at("/contenders/dejima/measures/json_cpu");
    assertThat(cpu.path("median").asDouble()).isEqualTo(50);
    assertThat(cpu.path("ratioToNginx").asDouble()).isEqualTo(2.5);
    assertThat(cpu.path("rounds")).hasSize(3);
    assertThat(json.at("/evidence/bytesPerReceipt").asInt()).isEqualTo(4_321);
    assertThat(json.at("/checks/verifyMillis")).hasSize(3);
  }

  @Test
  void isIncompleteWithoutAFigureOfEveryMeasure() {
    assertThat(report().outcome().complete()).isFalse();
    assertThat(Outcome.NOBODY.complete()).isTrue();
  }

  private static Report report() {
    var samples = new Samples();
    for (double slowness : new double[] {1, 2, 0.5}) {
      samples.add("nginx", Measure.JSON_CPU, 20 * slowness);
      samples.add("dejima", Measure.JSON_CPU, 50 * slowness);
    }
    var entrants =
        List.of(
            new Entrant("nginx", "1", "A floor.", ""),
            new Entrant("dejima", "2", "Ours.", "not measured: no such peer"));
    var machine =
        new Machine(
            LocalDate.of(2026, 11, 20), "Processor", 2, 1_000, "Linux 6", "25", "0.10 0.20 0.30");
    return new Report(
        machine,
        Plan.QUICK,
        new Outcome(entrants, samples, List.of(0.01, 0.03, 0.05)),
        Optional.of(EVIDENCE),
        Optional.of(DECISIONS),
        Optional.of(new CheckFigures(1.75, 2.5, List.of(290.0, 280.0, 310.0), List.of(40.0))));
  }
}
