package dejima.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  @Test
  void takesTheMiddleValueOrTheMeanOfTheMiddleTwo() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).hasValue(5);
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 6.0))).hasValue(5.5);
    assertThat(Statistics.median(List.of())).isEmpty();
  }

  @Test
  void dividesRoundByRoundBeforeItTakesTheMedian() {
    List<Double> slowMachine = List.of(20.0, 300.0, 40.0);
    List<Double> floor = List.of(10.0, 150.0, 10.0);

    assertThat(Statistics.ratio(slowMachine, floor)).hasValue(2);
  }

  @Test
  void givesNoRatioForRoundsThatDoNotMatch() {
    assertThat(Statistics.ratio(List.of(1.0, 2.0), List.of(1.0))).isEmpty();
    assertThat(Statistics.ratio(List.of(1.0), List.of(0.0))).isEmpty();
    assertThat(Statistics.ratio(List.of(), List.of())).isEmpty();
  }

  @Test
  void derivesWhatIsAddedFromTheSameRound() {
    var samples = new Samples();
    samples.add("direct", Measure.LATENCY_P50, 0.125);
    samples.add("direct", Measure.LATENCY_P50, 0.5);
    samples.add("nginx", Measure.LATENCY_P50, 0.375);
    samples.add("nginx", Measure.LATENCY_P50, 0.75);

    samples.derive("nginx", "direct");

    assertThat(samples.of("nginx", Measure.ADDED_P50)).containsExactly(0.25, 0.25);
    assertThat(samples.median("nginx", Measure.ADDED_P99)).isEmpty();
  }

  @Property
  void staysBetweenTheLeastAndTheGreatest(
      @ForAll @NotEmpty List<@DoubleRange(min = -1e9, max = 1e9) Double> values) {
    double median = Statistics.median(values).orElseThrow();

    assertThat(values.stream().filter(value -> value <= median).count())
        .isGreaterThanOrEqualTo(values.size() / 2);
    assertThat(values.stream().filter(value -> value >= median).count())
        .isGreaterThanOrEqualTo(values.size() / 2);
  }
}
