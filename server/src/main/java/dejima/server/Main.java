package dejima.server;

import dejima.server.cli.DejimaCommand;
import dejima.server.telemetry.LogSetup;
import org.slf4j.LoggerFactory;

/// The program's entry point.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  static void main(String[] arguments) {
    LogSetup.json(LoggerFactory.getILoggerFactory());
    System.exit(DejimaCommand.commandLine(arguments).execute(arguments));
  }
}
