package dejima.server.cli;

import dejima.evidence.Approvers;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.residency.PolicyBundle;
import dejima.server.policy.PolicySignatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Parameters(paramLabel = "DIR", description = "The bundle's directory.")
  private Path directory;

  @Option(
      names = "--key",
      required = true,
      description = "The private key's file, from 'policy key'.")
  private Path key;

  @Override
  public Integer call() {
    PolicyBundle bundle = Bundles.read(directory.toString());
    NoteSecret secret = secret();
    String note = Approvers.sign(PolicySignatures.text(bundle), Signer.ed25519(secret)).noteText();
    Path file = directory.resolve(PolicySignatures.FOLDER).resolve(secret.name() + ".note");
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

  private NoteSecret secret() {
    try {
      return switch (NoteSecret.parse(Files.readString(key))) {
        case Reading.Read<NoteSecret>(NoteSecret read) -> read;
        case Reading.Unreadable<NoteSecret>(String reason) ->
            throw new CommandFailed("The key file " + key + " cannot be used: " + reason + ".");
      };
    } catch (IOException unreadable) {
      throw new CommandFailed("The key file " + key + " cannot be read.");
    }
  }
}
