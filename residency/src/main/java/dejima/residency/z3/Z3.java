package dejima.residency.z3;

import com.microsoft.z3.Context;
import com.microsoft.z3.Params;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import com.microsoft.z3.Z3Exception;

/// Asks the solver. Every question gets a context of its own and a bound on the solver's steps, so
/// that the same question has the same answer, whatever was asked before and however busy the
/// machine is; the bound on time is for what goes wrong.
public final class Z3 {
  private static final int MOST_STEPS = 5_000_000;
  private static final int MOST_MILLIS = 30_000;

  private Z3() {}

  /// Whether it is possible, and how.
  public static Answer answer(Question question, Shape shape) {
    try (Context z3 = new Context()) {
      return answer(z3, question, shape);
    } catch (Z3Exception | UnrealValue failed) {
      return new Answer.Unknown("the solver failed: " + failed.getMessage());
    } catch (LinkageError missing) {
      return new Answer.Unknown(
          "the solver Z3 does not run here: it needs Linux, macOS or Windows on x86-64 or arm64, and"
              + " a temporary directory from which programs may be run (name another one with"
              + " -Djava.io.tmpdir=…)");
    }
  }

  private static Answer answer(Context z3, Question question, Shape shape) {
    Solver solver = z3.mkSolver();
    Params limits = z3.mkParams();
    limits.add("rlimit", MOST_STEPS);
    limits.add("timeout", MOST_MILLIS);
    solver.setParameters(limits);
    Asking asking = new Asking(z3, shape);
    solver.add(asking.assertions(question));
    Status status = solver.check();
    return switch (status) {
      case UNSATISFIABLE -> new Answer.Impossible();
      case UNKNOWN -> new Answer.Unknown("the solver gave up: " + solver.getReasonUnknown());
      case SATISFIABLE ->
          new Answer.Possible(new PlainestExample(z3, solver, asking.variables(), shape).example());
    };
  }
}
