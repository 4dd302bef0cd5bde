package dejima.residency;

import java.util.List;

/// What reading a policy bundle gave.
public sealed interface BundleReading {
  /// The bundle is sound and can decide.
  record Loaded(PolicyBundle bundle) implements BundleReading {}

  /// The bundle is refused as a whole.
  ///
  /// @param problems every mistake found, by file and position; never empty
  record Rejected(List<Problem> problems) implements BundleReading {

    /// Copies the problems.
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
