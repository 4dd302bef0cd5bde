package dejima.server.cli;

import dejima.server.cli.demo.Demo;
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
    return new Demo(directory.toAbsolutePath().normalize(), port, spec.commandLine().getOut())
        .run(once);
  }
}
