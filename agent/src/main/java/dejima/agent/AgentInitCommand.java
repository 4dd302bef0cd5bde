package dejima.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `dejima agent init`: writes a configuration to start from, makes the site's key and prints its
/// pin.
@Command(
    name = "init",
    description = "Writes a commented configuration, makes the site's key and prints its pin.",
    mixinStandardHelpOptions = true)
final class AgentInitCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "agent.yaml",
      description = "Where to write; never overwritten (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("agent.yaml");

  @Option(
      names = "--site",
      paramLabel = "ID",
      defaultValue = "my-site",
      description = "The site's name (default: ${DEFAULT-VALUE}).")
  private String site = "my-site";

  @Spec private CommandSpec spec;

  AgentInitCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Path file = config.toAbsolutePath();
      Files.writeString(file, SampleConfig.of(site), StandardOpenOption.CREATE_NEW);
      TlsIdentity identity =
          TlsIdentity.inDirectory(file.resolveSibling("identity"), site, InstantSource.system());
      PrintWriter out = spec.commandLine().getOut();
      out.printf("wrote %s%n", config);
      out.printf("pin %s%n", identity.pin());
      out.flush();
      return ExitCode.OK;
    } catch (FileAlreadyExistsException exists) {
      err.println("dejima agent init: " + config + " exists already and is left as it is");
      return ExitCode.USAGE;
    } catch (IOException failure) {
      err.println("dejima agent init: cannot write " + config + ": " + failure);
      return ExitCode.SOFTWARE;
    } catch (IdentityUnavailable failure) {
      err.println("dejima agent init: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
  }
}
