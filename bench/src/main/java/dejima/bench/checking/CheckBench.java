package dejima.bench.checking;

import dejima.bench.contender.Workshop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Measures what checking evidence costs: the location of a site, which a gateway judges each
/// minute, and a whole receipt, which an outsider verifies with a process of its own.
///
/// @param workshop where the demo makes the receipt
/// @param processes how many verifications are timed
/// @param turn how long locations are judged
public record CheckBench(Workshop workshop, int processes, Duration turn) {
  /// Runs the measurement.
  ///
  /// @throws CheckFailedException when something is not proved that must be
  public CheckFigures run(InstantSource clock, RandomGenerator random) {
    var location =
        new LocationChecks(ExampleMeasurement.make(clock.instant(), random)).measure(turn);
    var cold = new ColdVerification(workshop, processes).measure();
    return new CheckFigures(location.median(), location.tail(), cold.verify(), cold.bare());
  }
}
