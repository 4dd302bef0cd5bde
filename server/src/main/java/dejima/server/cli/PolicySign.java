package dejima.server.cli;

import dejima.audit.PolicySignatures;
import dejima.evidence.Approvers;
import dejima.evidence.Signer;
import dejima.residency.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Signs a bundle as it is now, for one person.
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = "Signs a bundle as it is now. Two people must, each with a key of their own.")
final class PolicySign implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LanguageOption language;
  @Mixin private SigningKeyOption key;

  @Parameters(paramLabel = "DIR", description = "The bundle's directory.")
  private Path directory;

  @Override
  public Integer call() {
    PolicyBundle bundle = Bundles.read(directory.toString());
    Signer signer = key.signer();
    String note = Approvers.sign(PolicySignatures.text(bundle), signer).noteText();
    Path file = directory.resolve(PolicySignatures.FOLDER).resolve(signer.keyName() + ".note");
    try {
      Files.createDirectories(directory.resolve(PolicySignatures.FOLDER));
      Files.writeString(file, note);
    } catch (IOException refused) {
      throw new CommandFailed("The file " + file + " cannot be written.");
    }
    var out = spec.commandLine().getOut();
    out.println(
        language.of("署名した：", "signed: ")
            + bundle.id()
            + " "
            + bundle.version()
            + " "
            + bundle.hash()
            + "  "
            + file);
    out.flush();
    return DejimaCommand.DONE;
  }
}
