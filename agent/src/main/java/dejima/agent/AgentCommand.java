package dejima.agent;

import dejima.agent.config.AgentConfig;
import dejima.agent.config.ConfigReader;
import dejima.agent.config.ConfigReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `dejima agent`: runs the site's agent until it is told to stop.
///
/// Exit codes: 1 something failed at run time, 2 usage or configuration, 143 or 130 stopped by
/// SIGTERM or SIGINT after the open answers.
@Command(
    name = "agent",
    description =
        "Runs the agent of a site: holds its key, answers pinned gateways, asks its engine.",
    mixinStandardHelpOptions = true,
    subcommands = AgentInitCommand.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:failed at run time, such as a port in use",
      "2:wrong usage or mistakes in the configuration",
      "143:stopped by SIGTERM, open answers finished"
    })
public final class AgentCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "agent.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("agent.yaml");

  @Spec private CommandSpec spec;

  /// For the command line only.
  public AgentCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws InterruptedException {
    return switch (ConfigReader.file(config)) {
      case ConfigReading.Read read -> run(read.config());
      case ConfigReading.Refused refused -> report(refused);
    };
  }

  private int run(AgentConfig read) throws InterruptedException {
    try {
      Agent agent = Agent.start(read, InstantSource.system());
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    agent.close();
                    stopped.countDown();
                  },
                  "stop"));
      announce(read, agent);
      stopped.await();
      return ExitCode.OK;
    } catch (IdentityUnavailable | EngineUnavailable | AddressUnavailable failure) {
      err().println("dejima agent: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void announce(AgentConfig read, Agent agent) {
    PrintWriter out = spec.commandLine().getOut();
    agent
        .locationPort()
        .ifPresent(
            port -> out.printf("agent %s measured on UDP port %d%n", read.site().id(), port));
    out.printf(
        "agent %s ready on %s:%d, pin %s%n",
        read.site().id(), read.listen().host(), agent.port(), agent.pin());
    out.flush();
  }

  private int report(ConfigReading.Refused refused) {
    PrintWriter err = err();
    refused.mistakes().forEach(mistake -> err.println(config + ": " + mistake));
    err.flush();
    return ExitCode.USAGE;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
