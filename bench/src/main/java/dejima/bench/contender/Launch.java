package dejima.bench.contender;

import dejima.bench.load.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How to start a contender.
///
/// @param command the command line; empty when there is nothing to start
/// @param environment what to add to the environment
/// @param directory its run directory, which is its working directory
/// @param target where it will listen
public record Launch(
    List<String> command, Map<String, String> environment, Path directory, Target target) {
  /// Keeps its own copies.
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
