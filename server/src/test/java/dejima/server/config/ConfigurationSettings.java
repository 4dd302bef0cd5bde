package dejima.server.config;

import java.nio.file.Path;

/// Reads configurations from texts, for tests of other packages.
public final class ConfigurationSettings {
  private ConfigurationSettings() {}

  /// The configuration.
  public static ServerConfig read(String yaml) {
    return ConfigFile.parse(yaml, Path.of("/etc/dejima"), "dejima.yaml");
  }
}
