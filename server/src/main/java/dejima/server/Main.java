package dejima.server;

import dejima.server.cli.DejimaCommand;

/// The program's entry point.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  static void main(String[] arguments) {
    System.exit(DejimaCommand.commandLine().execute(arguments));
  }
}
