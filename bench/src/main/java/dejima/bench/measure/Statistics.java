package dejima.bench.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Order statistics of a few rounds.
public final class Statistics {
  private Statistics() {}

  /// The median; of an even number the mean of the middle two.
  ///
  /// @param values any order
  /// @return the median, or nothing for no values
  public static OptionalDouble median(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return OptionalDouble.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  /// The median of the rounds' own ratios, so that what slows both sides of one round cancels out.
  ///
  /// @param values one value a round
  /// @param floor the floor's values of the same rounds
  /// @return the ratio, or nothing when the two lists are not of the same rounds or the floor is
  ///   not positive
  public static OptionalDouble ratio(List<Double> values, List<Double> floor) {
    if (values.size() != floor.size() || floor.stream().anyMatch(value -> value <= 0)) {
      return OptionalDouble.empty();
    }
    return median(pairs(values, floor, (value, base) -> value / base));
  }

  /// Each round's difference to the zero line.
  ///
  /// @param values one value a round
  /// @param zero the zero line's values of the same rounds
  /// @return one difference a round, as many as both lists have
  public static List<Double> added(List<Double> values, List<Double> zero) {
    return pairs(values, zero, (value, base) -> value - base);
  }

  private static List<Double> pairs(
      List<Double> left, List<Double> right, Combination combination) {
    return IntStream.range(0, Math.min(left.size(), right.size()))
        .mapToObj(i -> combination.of(left.get(i), right.get(i)))
        .toList();
  }

  private interface Combination {
    double of(double value, double base);
  }
}
