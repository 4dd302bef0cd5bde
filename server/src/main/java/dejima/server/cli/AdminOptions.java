package dejima.server.cli;

import dejima.server.admin.AdminToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the admin plane is and which token opens it.
final class AdminOptions {
  @Option(
      names = "--admin",
      defaultValue = "${env:DEJIMA_ADMIN_URL:-http://127.0.0.1:8081}",
      description = "The admin address (default: ${DEFAULT-VALUE}).")
  private URI admin;

  @Option(
      names = "--data",
      defaultValue = "${env:DEJIMA_DATA:-.demo/gateway}",
      description =
          "The server's data directory, which holds admin.token (default: ${DEFAULT-VALUE}).")
  private Path data;

  GatewayClient client() {
    Path file = data.resolve(AdminToken.FILE);
    try {
      return new GatewayClient(admin, AdminToken.read(file).text());
    } catch (IOException unreadable) {
      throw new CommandFailed(
          "The admin token "
              + file
              + " cannot be read. Name the server's data directory with --data.");
    }
  }
}
