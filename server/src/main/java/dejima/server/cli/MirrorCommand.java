package dejima.server.cli;

import dejima.attestation.Mirror;
import dejima.evidence.Approvers;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The mirror of reference values and vendors' collateral.
@Command(
    name = "mirror",
    mixinStandardHelpOptions = true,
    description = {
      "Checks and signs the mirror by which quotes of trusted execution environments are verified.",
      "Verified on constructed quotes only; no hardware has been at hand."
    },
    subcommands = {MirrorCommand.Check.class, MirrorCommand.Sign.class})
final class MirrorCommand extends CommandGroup {
  private static Mirror load(Path directory) {
    return switch (Mirror.load(directory)) {
      case Reading.Read<Mirror>(Mirror mirror) -> mirror;
      case Reading.Unreadable<Mirror>(String reason) -> throw new CommandFailed(reason);
    };
  }

  /// Reads a mirror as the server would.
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads a mirror as the server would, and says whether two approvers signed it.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The mirror's directory.")
    private Path directory;

    @Option(
        names = "--approver",
        paramLabel = "PERSON=VKEY",
        description = "Somebody who may sign, as 'registerApprovers' has it; repeat it.")
    private List<String> approvers = List.of();

    @Override
    public Integer call() {
      Mirror mirror = load(directory);
      PrintWriter out = spec.commandLine().getOut();
      out.print(mirror.approvalText());
      Approvers.Verdict verdict = mirror.judge(RegisterCommand.people(approvers));
      out.println(
          switch (verdict) {
            case Approvers.Verdict.Approved(List<String> people) ->
                "approved by " + String.join(", ", people);
            case Approvers.Verdict.Lacking(String reason) -> "not approved: " + reason;
          });
      out.flush();
      return approvers.isEmpty() || verdict instanceof Approvers.Verdict.Approved
          ? DejimaCommand.DONE
          : DejimaCommand.FAILED;
    }
  }

  /// Signs a mirror.
  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = "Adds your signature to a mirror. Two different people must sign.")
  static final class Sign implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The mirror's directory.")
    private Path directory;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "Your private key, as 'register key' wrote it.")
    private Path key;

    @Override
    public Integer call() {
      Mirror mirror = load(directory);
      String text = mirror.approvalText();
      Signer signer = Signer.ed25519(RegisterCommand.secret(key));
      SignedNote note = RegisterCommand.signed(mirror.approval(), text, signer);
      RegisterCommand.write(note, directory.resolve("signatures/approval.note"));
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.println("signatures: " + note.signatures().size() + " of " + Approvers.NEEDED);
      out.flush();
      return DejimaCommand.DONE;
    }
  }
}
