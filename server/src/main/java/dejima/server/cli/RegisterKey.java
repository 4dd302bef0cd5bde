package dejima.server.cli;

import dejima.evidence.NoteSecret;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a key with which one person signs registers and mirrors.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes an approver's key and prints its public half for dejima.yaml.")
final class RegisterKey implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The key's name, without spaces and '+'.")
  private String name;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the private half goes; it must not exist yet.")
  private Path file;

  @Override
  public Integer call() {
    NoteSecret secret = secret();
    new NewKeyFile(file).write(secret);
    PrintWriter out = spec.commandLine().getOut();
    out.println(secret.key().text());
    out.flush();
    return DejimaCommand.DONE;
  }

  private NoteSecret secret() {
    try {
      return NoteSecret.generate(name, new SecureRandom());
    } catch (IllegalArgumentException notAName) {
      throw new CommandFailed("'" + name + "' is not a key's name; leave out spaces and '+'.");
    }
  }
}
