package dejima.server.cli;

import dejima.agent.AgentCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dejima`: every command hangs below it. Exit codes: 0 done, 1 it did not work, 2 wrong usage or
/// configuration, 3 a receipt was refused.
@Command(
    name = "dejima",
    mixinStandardHelpOptions = true,
    version = "Dejima 0.1.0",
    description = "The gate for AI compute that stays in the country and can prove it.",
    footer = {
      "",
      "The launcher adds: build, test (runs every test), bench (measures beside peers).",
      "Exit codes: 0 done, 1 it did not work, 2 wrong usage or configuration, 3 receipt refused."
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      AgentCommand.class,
      KeysCommand.class,
      TenantsCommand.class,
      ChatCommand.class,
      ReceiptCommand.class,
      VerifyCommand.class,
      PolicyCommand.class,
      SitesCommand.class,
      WarmUpCommand.class
    })
public final class DejimaCommand implements Runnable {
  /// It worked.
  static final int DONE = 0;

  /// It did not work.
  static final int FAILED = 1;

  /// The command line or the configuration is wrong.
  static final int USAGE = 2;

  /// A receipt was refused.
  static final int REFUSED = 3;

  @Spec private CommandSpec spec;

  /// The whole command line.
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new DejimaCommand());
    line.setExecutionExceptionHandler((failure, failed, _) -> report(failure, failed.getErr()));
    return line;
  }

  private static int report(Exception failure, PrintWriter err) {
    err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    err.flush();
    return failure instanceof dejima.server.config.InvalidConfig ? USAGE : FAILED;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
