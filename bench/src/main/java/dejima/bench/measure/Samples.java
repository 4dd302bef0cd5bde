package dejima.bench.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Every figure of every round, by contender and measure.
public final class Samples {
  private final Map<String, Map<Measure, List<Double>>> values = new LinkedHashMap<>();

  /// Adds one round's figure.
  ///
  /// @param contender whose
  /// @param measure what
  /// @param value in the measure's unit
  public void add(String contender, Measure measure, double value) {
    values
        .computeIfAbsent(contender, _ -> new EnumMap<>(Measure.class))
        .computeIfAbsent(measure, _ -> new ArrayList<>())
        .add(value);
  }

  /// The figures in the order of the rounds.
  ///
  /// @param contender whose
  /// @param measure what
  /// @return one figure a round, empty when it was not measured
  public List<Double> of(String contender, Measure measure) {
    return List.copyOf(values.getOrDefault(contender, Map.of()).getOrDefault(measure, List.of()));
  }

  /// The median over the rounds.
  ///
  /// @param contender whose
  /// @param measure what
  /// @return the median, or nothing when it was not measured
  public OptionalDouble median(String contender, Measure measure) {
    return Statistics.median(of(contender, measure));
  }

  /// The ratio to another contender over the same rounds.
  ///
  /// @param contender whose
  /// @param floor to whom
  /// @param measure what
  /// @return the median ratio, or nothing when one of the two was not measured
  public OptionalDouble ratio(String contender, String floor, Measure measure) {
    return Statistics.ratio(of(contender, measure), of(floor, measure));
  }

  /// Derives what a contender adds to the zero line.
  ///
  /// @param contender whose
  /// @param zero the zero line
  void derive(String contender, String zero) {
    add(contender, zero, Measure.LATENCY_P50, Measure.ADDED_P50);
    add(contender, zero, Measure.LATENCY_P99, Measure.ADDED_P99);
    add(contender, zero, Measure.FIRST_TOKEN_P50, Measure.ADDED_FIRST_TOKEN_P50);
    add(contender, zero, Measure.FIRST_TOKEN_P99, Measure.ADDED_FIRST_TOKEN_P99);
  }

  private void add(String contender, String zero, Measure raw, Measure added) {
    Statistics.added(of(contender, raw), of(zero, raw))
        .forEach(value -> add(contender, added, value));
  }
}
