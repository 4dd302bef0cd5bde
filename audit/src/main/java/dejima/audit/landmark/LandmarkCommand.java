package dejima.audit.landmark;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dejima landmark`: everything that whoever runs a landmark needs.
@Command(
    name = "landmark",
    description = "Measures, for gateways you know, how far away their sites are.",
    mixinStandardHelpOptions = true,
    subcommands = {LandmarkInitCommand.class, LandmarkServeCommand.class})
public final class LandmarkCommand implements Runnable {
  @Spec private CommandSpec spec;

  /// For the command line only.
  public LandmarkCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
