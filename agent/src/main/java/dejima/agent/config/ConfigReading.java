package dejima.agent.config;

import java.util.List;

/// What came of reading a configuration.
public sealed interface ConfigReading {
  /// It is fit for use.
  record Read(AgentConfig config) implements ConfigReading {}

  /// It is not; here is everything that is wrong with it.
  record Refused(List<Mistake> mistakes) implements ConfigReading {
    /// Keeps a copy of the mistakes.
    public Refused {
      mistakes = List.copyOf(mistakes);
    }
  }
}
