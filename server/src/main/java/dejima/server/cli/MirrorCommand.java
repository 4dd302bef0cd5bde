package dejima.server.cli;

import dejima.attestation.Mirror;
import dejima.evidence.Approvers;
import dejima.evidence.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  static Mirror load(Path directory) {
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
    @Mixin private ApproverOptions approvers;

    @Parameters(paramLabel = "DIR", description = "The mirror's directory.")
    private Path directory;

    @Override
    public Integer call() {
      Mirror mirror = load(directory);
      Approvers.Verdict verdict = mirror.judge(approvers.people());
      PrintWriter out = spec.commandLine().getOut();
      out.print(mirror.approvalText());
      out.println(approvers.text(verdict));
      out.flush();
      return approvers.exitCode(verdict);
    }
  }

  /// Signs a mirror.
  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = "Adds your signature to a mirror. Two different people must sign.")
  static final class Sign implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SigningKeyOption key;

    @Parameters(paramLabel = "DIR", description = "The mirror's directory.")
    private Path directory;

    @Override
    public Integer call() {
      Mirror mirror = load(directory);
      new SharedNote(
              mirror.approvalText(), mirror.approval(), directory.resolve(Mirror.approvalPath()))
          .sign(key.signer(), spec.commandLine().getOut());
      return DejimaCommand.DONE;
    }
  }
}
