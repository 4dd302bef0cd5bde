package dejima.bench.load;

/// Some connections had no answer when patience ended, so the load has no result.
public final class StalledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StalledException(int connections) {
    super(connections + " connections had no answer in time");
  }
}
