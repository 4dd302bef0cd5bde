package dejima.bench.decision;

import dejima.bench.decision.DecisionFigures.Row;
import dejima.bench.measure.Statistics;
import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Measures a decision over 25 and 50 rules by three engines in turns, and the proofs of the
/// Japanese baseline.
///
/// @param rounds how often
/// @param turn how long one engine decides in a round
public record DecisionBench(int rounds, Duration turn) {
  private static final List<Integer> RULES = List.of(25, 50);
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /// Runs the measurement.
  ///
  /// @throws DisagreementException when the engines do not decide alike
  public DecisionFigures run() {
    List<Row> rows = new ArrayList<>();
    for (int count : RULES) {
      Rules rules = Rules.of(count);
      rows.addAll(
          rows(count, List.of(new Closures(rules), new CelInterpreter(rules), new Cedar(rules))));
    }
    PolicyBundle baseline = PolicyBundle.baseline();
    PolicyProver prover = new PolicyProver();
    double first = sum(proofs(prover, baseline));
    List<Double> all = new ArrayList<>();
    List<Double> slowest = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      List<Double> proofs = proofs(prover, baseline);
      all.add(sum(proofs));
      slowest.add(proofs.stream().mapToDouble(one -> one).max().orElse(Double.NaN));
    }
    return new DecisionFigures(
        rows,
        baseline.theorems().size(),
        baseline.rules().size(),
        median(all),
        median(slowest),
        first);
  }

  private List<Row> rows(int count, List<Decider> engines) {
    agree(engines);
    Map<String, List<Double>> nanos = new HashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (Decider engine : engines) {
        double measured = nanos(engine);
        // The round before the first warms up.
        if (round >= 0) {
          nanos.computeIfAbsent(engine.name(), _ -> new ArrayList<>()).add(measured);
        }
      }
    }
    double own = median(nanos.getOrDefault(engines.getFirst().name(), List.of()));
    return engines.stream()
        .map(engine -> {
          double median = median(nanos.getOrDefault(engine.name(), List.of()));
          return new Row(engine.name(), count, median, median / own);
        })
        .toList();
  }

  private static void agree(List<Decider> engines) {
    int permitted = 0;
    for (int i = 0; i < Situations.COUNT; i++) {
      boolean first = engines.getFirst().permits(i);
      permitted += first ? 1 : 0;
      for (Decider engine : engines) {
        if (engine.permits(i) != first) {
          throw new DisagreementException(engine.name() + " decides situation " + i + " otherwise");
        }
      }
    }
    if (permitted == 0 || permitted == Situations.COUNT) {
      throw new DisagreementException("every situation is decided alike");
    }
  }

  private double nanos(Decider engine) {
    long start = System.nanoTime();
    long end = start + turn.toNanos();
    long decisions = 0;
    long permitted = 0;
    long now = start;
    while (now < end) {
      for (int i = 0; i < Situations.COUNT; i++) {
        permitted += engine.permits(i) ? 1 : 0;
      }
      decisions += Situations.COUNT;
      now = System.nanoTime();
    }
    if (permitted == 0) {
      throw new DisagreementException(engine.name() + " has permitted nothing");
    }
    return (now - start) / (double) decisions;
  }

  private static List<Double> proofs(PolicyProver prover, PolicyBundle bundle) {
    List<Double> millis = new ArrayList<>();
    long[] since = {System.nanoTime()};
    prover.proveEach(
        bundle,
        _ -> {
          long now = System.nanoTime();
          millis.add((now - since[0]) / NANOS_PER_MILLI);
          since[0] = now;
        });
    return millis;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(one -> one).sum();
  }

  private static double median(List<Double> values) {
    return Statistics.median(values).orElse(Double.NaN);
  }
}
