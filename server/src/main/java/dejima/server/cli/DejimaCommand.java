package dejima.server.cli;

import dejima.agent.AgentCommand;
import dejima.audit.AuditCommand;
import dejima.server.config.InvalidConfig;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dejima`: every command hangs below it. Exit codes: 0 done, 1 it did not work, 2 wrong usage or
/// configuration, 3 a receipt was refused, 4 a drill found work that would be stranded.
@Command(
    name = "dejima",
    mixinStandardHelpOptions = true,
    version = "Dejima 0.1.0",
    description = "The gate for AI compute that stays in the country and can prove it.",
    footer = {
      "",
      "The launcher adds: build, test (runs every test), bench (measures beside peers).",
      AuditCommand.EXIT_CODES
    })
public final class DejimaCommand implements Runnable {
  /// It worked.
  static final int DONE = 0;

  /// It did not work.
  static final int FAILED = 1;

  /// The command line or the configuration is wrong.
  static final int USAGE = 2;

  /// The answer is no: a receipt is refused, a policy denies or would permit more than before.
  static final int REFUSED = 3;

  @Spec private CommandSpec spec;

  /// A command below the first, made only when it is wanted: reading the annotations of all takes
  /// longer than most of them.
  private record Below(String name, Supplier<Object> command) {}

  private static final List<Below> BELOW =
      Stream.concat(
              Stream.of(
                  new Below("demo", DemoCommand::new),
                  new Below("serve", ServeCommand::new),
                  new Below("agent", AgentCommand::new),
                  new Below("keys", KeysCommand::new),
                  new Below("tenants", TenantsCommand::new),
                  new Below("chat", ChatCommand::new),
                  new Below("log", LogCommand::new),
                  new Below("receipt", ReceiptCommand::new),
                  new Below("policy", PolicyCommand::new),
                  new Below("register", RegisterCommand::new),
                  new Below("mirror", MirrorCommand::new),
                  new Below("seal", SealCommand::new),
                  new Below("unseal", UnsealCommand::new),
                  new Below("sites", SitesCommand::new),
                  new Below("drill", DrillCommand::new),
                  new Below("export", ExportCommand::new),
                  new Below("import", ImportCommand::new),
                  new Below("warm-up", WarmUpCommand::new)),
              AuditCommand.commands().entrySet().stream()
                  .map(one -> new Below(one.getKey(), one.getValue())))
          .toList();

  /// The command line for these arguments: with the command that they begin with, or with all.
  public static CommandLine commandLine(String... arguments) {
    Optional<Below> wanted =
        Arrays.stream(arguments)
            .findFirst()
            .flatMap(first -> BELOW.stream().filter(one -> one.name().equals(first)).findFirst());
    CommandLine line = new CommandLine(new DejimaCommand());
    line.addSubcommand(new CommandLine.HelpCommand());
    wanted
        .map(List::of)
        .orElse(BELOW)
        .forEach(one -> line.addSubcommand(one.name(), one.command().get()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, failed, _) -> report(failure, failed.getErr()));
    return line;
  }

  private static int report(Exception failure, PrintWriter err) {
    err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    err.flush();
    return failure instanceof InvalidConfig ? USAGE : FAILED;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
