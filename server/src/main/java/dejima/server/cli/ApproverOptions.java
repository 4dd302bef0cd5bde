package dejima.server.cli;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import java.util.List;
import picocli.CommandLine.Option;

/// Whose signatures count, and what a command says of those that it found.
final class ApproverOptions {
  @Option(
      names = "--approver",
      paramLabel = "PERSON=VKEY",
      description =
          "Somebody who may sign, as 'registerApprovers' in dejima.yaml has it; repeat it.")
  private List<String> approvers = List.of();

  /// The people who were named.
  ///
  /// @throws CommandFailed saying what is wrong with one of them
  Approvers people() {
    return new Approvers(approvers.stream().map(ApproverOptions::approver).toList());
  }

  private static Approver approver(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new CommandFailed("--approver is written PERSON=VKEY: " + text);
    }
    return switch (NoteKey.parse(text.substring(equals + 1))) {
      case Reading.Read<NoteKey>(NoteKey key) -> new Approver(text.substring(0, equals), key);
      case Reading.Unreadable<NoteKey>(String reason) ->
          throw new CommandFailed("--approver " + text + ": " + reason);
    };
  }

  /// A verdict in words.
  String text(Approvers.Verdict verdict) {
    return switch (verdict) {
      case Approvers.Verdict.Approved(List<String> people) ->
          "approved by " + String.join(", ", people);
      case Approvers.Verdict.Lacking(String reason) ->
          approvers.isEmpty()
              ? "signatures not checked; name the approvers with --approver"
              : "not approved: " + reason;
    };
  }

  /// How the command ends: it fails where approvers were named and did not sign.
  int exitCode(Approvers.Verdict verdict) {
    return approvers.isEmpty() || verdict instanceof Approvers.Verdict.Approved
        ? DejimaCommand.DONE
        : DejimaCommand.FAILED;
  }
}
