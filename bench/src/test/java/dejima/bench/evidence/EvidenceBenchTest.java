package dejima.bench.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceBenchTest {
  @Test
  void makesReceiptsOfRealisticSizeDurable(@TempDir Path directory) {
    var bench = new EvidenceBench(directory, 1, Duration.ofMillis(200));

    EvidenceFigures figures =
        bench.run(InstantSource.system(), RandomGenerator.of("L64X128MixRandom"));

    assertThat(figures.receiptsPerSecond())
        .singleElement()
        .satisfies(rate -> assertThat(rate).isPositive());
    assertThat(figures.signedCpuMicros()).hasSize(1);
    assertThat(figures.bytesPerReceipt()).isBetween(2_000L, 8_000L);
    assertThat(figures.idleMedianMillis())
        .isPositive()
        .isLessThanOrEqualTo(figures.idleTailMillis());
    assertThat(figures.forceMedianMillis()).isPositive();
    assertThat(figures.apartMedianMillis())
        .isPositive()
        .isLessThanOrEqualTo(figures.apartTailMillis());
  }
}
