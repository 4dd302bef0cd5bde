package dejima.residency.z3;

import com.microsoft.z3.Context;
import com.microsoft.z3.Params;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Z3Exception;
import java.util.Optional;

/// The solver with everything that is asked about one bundle or one pair of bundles.
///
/// Every question gets a solver of its own and a bound on the solver's steps, so that its answer
/// does not depend on how busy the machine is; the bound on time is for what goes wrong. What
/// questions have in common, above all the rules, is translated once.
public final class Z3 implements AutoCloseable {
  private static final int MOST_STEPS = 1_000_000;
  private static final int MOST_MILLIS = 10_000;
  private static final String MISSING =
      "the solver Z3 does not run here: it needs Linux, macOS or Windows on x86-64 or arm64, and a"
          + " temporary directory from which programs may be run (name another one with"
          + " -Djava.io.tmpdir=…)";

  private final Shape shape;
  private final Optional<Asking> asking;

  /// Opens the solver. Where it cannot be loaded, every answer is unknown.
  public Z3(Shape shape) {
    this.shape = shape;
    this.asking = opened().map(z3 -> new Asking(z3, shape));
  }

  private static Optional<Context> opened() {
    try {
      Context z3 = new Context();
      UnpackedLibrary.remove();
      return Optional.of(z3);
    } catch (LinkageError missing) {
      return Optional.empty();
    }
  }

  /// Whether it is possible, and how.
  public Answer answer(Question question) {
    try {
      return asking
          .map(open -> answer(open, question))
          .orElseGet(() -> new Answer.Unknown(MISSING));
    } catch (Z3Exception | UnrealValue failed) {
      return new Answer.Unknown("the solver failed: " + failed.getMessage());
    }
  }

  @Override
  public void close() {
    asking.ifPresent(open -> open.context().close());
  }

  private Answer answer(Asking open, Question question) {
    Context z3 = open.context();
    Solver solver = z3.mkSolver();
    Params limits = z3.mkParams();
    limits.add("rlimit", MOST_STEPS);
    limits.add("timeout", MOST_MILLIS);
    solver.setParameters(limits);
    solver.add(open.assertions(question));
    return switch (solver.check()) {
      case UNSATISFIABLE -> new Answer.Impossible();
      case UNKNOWN -> new Answer.Unknown("the solver gave up: " + solver.getReasonUnknown());
      case SATISFIABLE ->
          new Answer.Possible(new PlainestExample(z3, solver, open.variables(), shape).example());
    };
  }
}
