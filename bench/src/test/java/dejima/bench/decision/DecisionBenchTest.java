package dejima.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DecisionBenchTest {
  @Test
  void measuresThreeEnginesThatAgree() {
    DecisionFigures figures = new DecisionBench(1, Duration.ofMillis(50)).run();

    assertThat(figures.rows()).hasSize(6).allMatch(row -> row.nanos() > 0 && row.ratio() > 0);
    assertThat(figures.rows())
        .extracting(DecisionFigures.Row::engine)
        .contains("Dejima's closures", "dev.cel's interpreter", "cedar-java");
    assertThat(figures.theorems()).isGreaterThan(15);
    assertThat(figures.proofMillis()).isPositive();
  }
}
