package dejima.server.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the gateway is and which API key to use.
final class KeyOptions {
  private static final Path DEMO_KEY = Path.of(".demo", "key");

  @Option(
      names = "--gateway",
      defaultValue = "${env:DEJIMA_URL:-http://127.0.0.1:8080}",
      description = "The gateway's address (default: ${DEFAULT-VALUE}).")
  private URI gateway;

  @Option(
      names = "--key",
      defaultValue = "${env:DEJIMA_API_KEY:-}",
      description = "The API key (default: $DEJIMA_API_KEY, else the running demo's key).")
  private String key;

  GatewayClient client() {
    return new GatewayClient(gateway, key.isEmpty() ? demoKey() : key);
  }

  private static String demoKey() {
    try {
      return Files.readString(DEMO_KEY).strip();
    } catch (IOException none) {
      throw new CommandFailed(
          "No API key: give --key or set DEJIMA_API_KEY. './dejima keys create' makes one.");
    }
  }
}
