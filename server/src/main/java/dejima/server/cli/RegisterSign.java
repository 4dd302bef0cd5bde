package dejima.server.cli;

import dejima.register.Register;
import dejima.register.RegisterApproval;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Signs a version of a register, for one person.
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Adds your signature to a register's version. Two different people must sign.",
      "Read what you sign first, with 'register diff OLD NEW'."
    })
final class RegisterSign implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SigningKeyOption key;

  @Parameters(paramLabel = "DIR", description = "The register's directory.")
  private Path directory;

  @Override
  public Integer call() {
    Register register = Registers.read(directory);
    new SharedNote(
            RegisterApproval.text(register),
            register.approval(),
            directory.resolve(RegisterApproval.path()))
        .sign(key.signer(), spec.commandLine().getOut());
    return DejimaCommand.DONE;
  }
}
