package dejima.server.cli;

import dejima.server.cli.demo.Demo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows the main job from end to end on this machine.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the main job from end to end on this machine.",
      "It starts a gateway and four local stand-in sites, asks a confidential question,",
      "shows who was permitted and why, and checks the receipt offline."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "Ends after the tour instead of running on.")
  private boolean once;

  @Option(
      names = "--measured",
      description =
          "With a signed register and two stand-in landmarks, so that sites reach E2 and the Japanese"
              + " baseline decides. Places and owners are made up.")
  private boolean measured;

  @Option(
      names = "--directory",
      defaultValue = ".demo",
      description = "Where the demo keeps its files (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description =
          "The gateway's port; the console is one above, the sites follow (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() throws Exception {
    Path home = directory.toAbsolutePath().normalize();
    PrintWriter out = spec.commandLine().getOut();
    return (measured ? Demo.measured(home, port, out) : Demo.declared(home, port, out)).run(once);
  }
}
