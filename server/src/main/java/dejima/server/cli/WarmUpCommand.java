package dejima.server.cli;

import dejima.server.cli.demo.WarmUp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Runs a gateway, a site and the checks once in this process, so that the launcher can keep what
/// the JVM learnt (JEP 483, 514) and start everything faster from then on.
@Command(
    name = "warm-up",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Exercises the program for the launcher's AOT cache.")
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    new WarmUp().run();
    return DejimaCommand.DONE;
  }
}
