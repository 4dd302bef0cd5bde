package dejima.bench.contender;

import java.nio.file.Path;

/// A contender ended, or had no right answer in time, after it was started.
public final class NotStartedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotStartedException(String name, Path directory) {
    this(name + ", see " + directory.resolve("output.log"));
  }

  NotStartedException(String who) {
    super("no right answer from " + who);
  }
}
