package dejima.agent.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Chooses the tokens of one sequence.
final class Sampler {
  private final Sampling sampling;
  private final SplittableRandom random;

  Sampler(Sampling sampling) {
    this.sampling = sampling;
    this.random = new SplittableRandom(sampling.seed());
  }

  /// Chooses by the scores of all tokens.
  Choice choose(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - scores[best]);
    }
    double norm = scores[best] + Math.log(sum);
    int token = sampling.temperature() == 0 ? best : draw(scores, scores[best]);
    return new Choice(
        token, (float) (scores[token] - norm), (float) (scores[best] - norm), top(scores, norm));
  }

  private int draw(float[] scores, float most) {
    double[] weights = new double[scores.length];
    double total = 0;
    for (int i = 0; i < scores.length; i++) {
      weights[i] = Math.exp((scores[i] - most) / sampling.temperature());
      total += weights[i];
    }
    int[] order = sampling.topP() < 1 ? byScore(scores, scores.length) : identity(scores.length);
    double kept = sampling.topP() < 1 ? keep(weights, order, total) : total;
    double at = random.nextDouble() * kept;
    for (int i : order) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return order[0];
  }

  /// The weight of the fewest likeliest tokens that reach the share; the others' become zero.
  private double keep(double[] weights, int[] order, double total) {
    double kept = 0;
    for (int i : order) {
      if (kept >= sampling.topP() * total) {
        weights[i] = 0;
      }
      kept += weights[i];
    }
    return kept;
  }

  private List<Choice.Candidate> top(float[] scores, double norm) {
    if (sampling.likeliest() == 0) {
      return List.of();
    }
    List<Choice.Candidate> likeliest = new ArrayList<>();
    for (int i : byScore(scores, sampling.likeliest())) {
      likeliest.add(new Choice.Candidate(i, (float) (scores[i] - norm)));
    }
    return likeliest;
  }

  private static int[] identity(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private static int[] byScore(float[] scores, int count) {
    return Arrays.stream(identity(scores.length))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
