package dejima.audit;

import dejima.audit.landmark.LandmarkCommand;
import dejima.audit.ledger.LedgerCommand;
import dejima.audit.monitor.MonitorCommand;
import dejima.audit.witness.WitnessCommand;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The small program: every command that an outsider runs hangs below it. Exit codes: 0 done, 1 it
/// did not work, 2 wrong usage, 3 a receipt was refused.
@Command(
    name = "dejima",
    mixinStandardHelpOptions = true,
    version = "Dejima 0.1.0",
    description = "Checks what a Dejima gateway says, without any server of its operator.",
    footer = {"", AuditCommand.EXIT_CODES})
public final class AuditCommand implements Runnable {
  /// What every command of the product ends with, in both programs.
  public static final String EXIT_CODES =
      "Exit codes: 0 done, 1 it did not work, 2 wrong usage or configuration, 3 the answer is no"
          + " (a receipt refused, an alarm, a denial, something newly permitted), 4 a drill found"
          + " work that would be stranded.";

  /// It worked.
  static final int DONE = 0;

  /// It did not work.
  static final int FAILED = 1;

  /// A receipt was refused.
  static final int REFUSED = 3;

  @Spec private CommandSpec spec;

  private AuditCommand() {}

  /// The commands that outsiders run, each made only when it is wanted: reading the annotations of
  /// all takes longer than most of them.
  public static SequencedMap<String, Supplier<Object>> commands() {
    return new TreeMap<>(
        Map.<String, Supplier<Object>>of(
            "landmark", LandmarkCommand::new,
            "ledger", LedgerCommand::new,
            "monitor", MonitorCommand::new,
            "verify", VerifyCommand::new,
            "witness", WitnessCommand::new));
  }

  /// The command line for these arguments: with the command that they begin with, or with all.
  static CommandLine commandLine(String... arguments) {
    var commands = commands();
    Optional<String> wanted = Arrays.stream(arguments).findFirst().filter(commands::containsKey);
    CommandLine line = new CommandLine(new AuditCommand());
    line.addSubcommand(new CommandLine.HelpCommand());
    commands.forEach((name, command) -> {
      if (wanted.isEmpty() || wanted.get().equals(name)) {
        line.addSubcommand(name, command.get());
      }
    });
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, failed, _) -> report(failure, failed.getErr()));
    return line;
  }

  private static int report(Exception failure, PrintWriter err) {
    err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    err.flush();
    return FAILED;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
