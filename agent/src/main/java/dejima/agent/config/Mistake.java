package dejima.agent.config;

/// One thing that is wrong in a configuration.
///
/// @param path where: keys joined by dots, list places in brackets; empty for the whole file
/// @param problem what is wrong and what to write instead
public record Mistake(String path, String problem) {
  @Override
  public String toString() {
    return path.isEmpty() ? problem : path + ": " + problem;
  }
}
