package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private final float[] scores = {0f, 3f, 1f, 2.5f};

  @Test
  void takesTheLikeliestAtTemperatureZero() {
    Choice choice = new Sampler(new Sampling(0, 1, 1, 2)).choose(scores);

    assertThat(choice.token()).isEqualTo(1);
    assertThat(choice.logProbability()).isEqualTo(choice.bestLogProbability());
    assertThat(choice.likeliest()).extracting(Choice.Candidate::token).containsExactly(1, 3);
  }

  @Test
  void drawsTokensInProportionToTheirProbability() {
    var sampler = new Sampler(new Sampling(1, 1, 7, 0));
    double total = IntStream.range(0, 4).mapToDouble(i -> Math.exp(scores[i])).sum();

    long drawn =
        IntStream.range(0, 20_000).filter(i -> sampler.choose(scores).token() == 3).count();

    assertThat(drawn / 20_000.0).isCloseTo(Math.exp(2.5) / total, within(0.02));
  }

  @Test
  void drawsOnlyAmongTheLikeliestThatReachTheShare() {
    var sampler = new Sampler(new Sampling(2, 0.6, 7, 0));

    assertThat(
            IntStream.range(0, 1000).map(i -> sampler.choose(scores).token()).distinct().sorted())
        .containsExactly(1, 3);
  }

  @Test
  void repeatsItselfWithTheSameSeed() {
    var one = new Sampler(new Sampling(1.5, 0.9, 42, 0));
    var other = new Sampler(new Sampling(1.5, 0.9, 42, 0));

    for (int i = 0; i < 100; i++) {
      assertThat(one.choose(scores)).isEqualTo(other.choose(scores));
    }
  }
}
