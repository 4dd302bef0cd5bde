package dejima.bench.measure;

import java.util.Arrays;
import java.util.List;

/// What a run has found.
///
/// @param entrants everybody who was to be measured
/// @param samples the figures
/// @param othersShare the share of the machine's CPU time that other programs used while figures
///   were taken, one for each turn; 0 to 1
public record Outcome(List<Entrant> entrants, Samples samples, List<Double> othersShare) {
  /// The outcome when nobody was to be measured.
  public static final Outcome NOBODY = new Outcome(List.of(), new Samples(), List.of());

  /// Keeps its own copies.
  public Outcome {
    entrants = List.copyOf(entrants);
    othersShare = List.copyOf(othersShare);
  }

  /// Whether everybody was measured and gave right answers only.
  ///
  /// @return false when a figure is missing
  public boolean complete() {
    return entrants.stream()
        .allMatch(entrant ->
            entrant.name().equals("direct")
                || Arrays.stream(Measure.values())
                    .allMatch(measure -> samples.median(entrant.name(), measure).isPresent()));
  }
}
